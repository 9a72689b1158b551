using Chat.Daemon.Messages;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>
/// A batch that is committed: what everybody in the conversation gets, and what only its sender does. A change that was refused, or that
/// had nothing to do, is answered in its place among the others.
/// </summary>
internal sealed class Emission
{
    private readonly IReadOnlyList<PendingAppend> committed;
    private readonly DaemonFrame?[] answers;
    private readonly int[] positions;

    public Emission(IReadOnlyList<PendingAppend> committed, Address address)
    {
        this.committed = committed;
        answers = new DaemonFrame?[committed.Count];
        positions = new int[committed.Count];
        var delivered = new List<DaemonFrame>(committed.Count);
        for (var i = 0; i < committed.Count; i++)
        {
            positions[i] = delivered.Count;
            switch (committed[i])
            {
                case PendingMessage message:
                    answers[i] = address.Frame(message.Logged!);
                    delivered.Add(answers[i]!);
                    Seq = message.Logged!.Seq;
                    break;
                case PendingChange { Decided.Refusal: { } code } change:
                    answers[i] = change.Outcome is null ? ErrorFor(change, code, address) : null;
                    break;
                case PendingChange { Decided.Rev: null } change:
                    answers[i] = change.Outcome is null ? address.Frame(change.Logged!) : null;
                    break;
                case PendingChange change:
                    answers[i] = address.Frame(change.Logged!);
                    delivered.Add(answers[i]!);
                    Rev = change.Decided.Rev;
                    break;
            }
        }
        Batch = Batch.Encode(delivered);
    }

    public Batch Batch { get; }

    public int Count => committed.Count;

    /// <summary>The number of the last message; null if there is none.</summary>
    public long? Seq { get; }

    /// <summary>The number of the last change; null if there is none.</summary>
    public long? Rev { get; }

    public PendingAppend this[int index] => committed[index];

    /// <summary>How many frames of the batch are before that one's.</summary>
    public int PositionOf(int index) => positions[index];

    /// <summary>Whether the batch has a frame for it.</summary>
    public bool IsDelivered(int index) => (index + 1 < positions.Length ? positions[index + 1] : Batch.Count) > positions[index];

    /// <summary>What its sender gets. Null if a command waits for the outcome instead.</summary>
    public Piece? AnswerTo(int index)
    {
        var position = positions[index];
        if (IsDelivered(index))
            return committed[index].ClientId is { } id ? Batch.Answer(position, id) : Batch.Range(position, position + 1);
        return answers[index] is { } answer ? Outbox.Encoded(answer with { Id = committed[index].ClientId }) : null;
    }

    private static DaemonFrame.Error ErrorFor(PendingChange change, string code, Address address)
    {
        var refusal = new Refusal(code, (address as RoomAddress)?.Room);
        return new DaemonFrame.Error(code, change.Sender.Sentence(refusal), refusal.Room);
    }
}
