using Chat.Protocol;

namespace Chat.Client;

/// <summary>A message without an echo. It keeps its id when it is sent again, so the daemon stores it once.</summary>
internal sealed class PendingMessage(string id, ReadOnlyMemory<byte> bytes)
{
    private readonly TaskCompletionSource<Answer<DaemonFrame.Message>> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => id;

    /// <summary>The frame with its line feed.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>Whether it was written to the current connection, and is not waiting for a retry.</summary>
    public bool IsSent { get; set; }

    /// <summary>Whether it was ever written to a connection, so it may be stored already.</summary>
    public bool WasSent { get; set; }

    public int Retries { get; set; }

    public Task<Answer<DaemonFrame.Message>> Outcome => outcome.Task;

    public void Complete(Answer<DaemonFrame.Message> answer) => outcome.TrySetResult(answer);
}
