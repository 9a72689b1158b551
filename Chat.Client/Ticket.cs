using Chat.Protocol;

namespace Chat.Client;

/// <summary>A message without an echo yet. It keeps its id however often it is sent: the daemon logs it once.</summary>
internal sealed class Ticket(string id, ReadOnlyMemory<byte> bytes)
{
    private readonly TaskCompletionSource<Answer<DaemonFrame.Message>> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => id;

    /// <summary>The frame, with its line's end.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>Whether it was written to the present connection and not refused there for a while.</summary>
    public bool IsSent { get; set; }

    /// <summary>Whether it was ever written to a connection: then it may be logged already.</summary>
    public bool WasSent { get; set; }

    public int Retries { get; set; }

    public Task<Answer<DaemonFrame.Message>> Outcome => outcome.Task;

    public void Complete(Answer<DaemonFrame.Message> answer) => outcome.TrySetResult(answer);
}
