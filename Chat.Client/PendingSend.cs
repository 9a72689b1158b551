using Chat.Protocol;

namespace Chat.Client;

/// <summary>A message or a change without an answer. It keeps its id when it is sent again, so the daemon stores it once.</summary>
/// <param name="frame">With its id.</param>
/// <param name="bytes">The frame with its line feed.</param>
/// <param name="epoch">How many times the conversation had begun anew: a change names a message by its number.</param>
internal sealed class PendingSend(ClientFrame frame, ReadOnlyMemory<byte> bytes, int epoch)
{
    private readonly TaskCompletionSource<Answer<DaemonFrame>> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => frame.Id!;

    public ReadOnlyMemory<byte> Bytes => bytes;

    public int Epoch => epoch;

    public bool IsChange => frame is not ClientFrame.Message;

    /// <summary>The message whose text it replaces; null if it does something else.</summary>
    public long? Edits => (frame as ClientFrame.Edit)?.Seq;

    /// <summary>
    /// Whether a later edit of the same message was sent. This one is then not sent again: it could undo that one.
    /// </summary>
    public bool IsSuperseded { get; set; }

    /// <summary>Whether it was written to the current connection, and is not waiting for a retry.</summary>
    public bool IsSent { get; set; }

    /// <summary>Whether it was ever written to a connection, so it may be stored already.</summary>
    public bool WasSent { get; set; }

    /// <summary>Taken back: it is not sent, or not again once it is certain that it was not stored.</summary>
    public bool IsWithdrawn { get; set; }

    public int Retries { get; set; }

    public Task<Answer<DaemonFrame>> Outcome => outcome.Task;

    public void Complete(Answer<DaemonFrame> answer) => outcome.TrySetResult(answer);
}
