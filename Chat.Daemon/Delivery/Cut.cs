using Chat.Daemon.Transport;

namespace Chat.Daemon.Delivery;

/// <summary>
/// The place of a <c>joined</c> or <c>welcome</c> among a subscriber's deliveries, and those that follow it. Guarded by the lock of the
/// subscriber's fan-out.
/// </summary>
/// <param name="seq">The number of the last message before it.</param>
/// <param name="rev">The number of the last change before it.</param>
internal sealed class Cut(long seq, long rev)
{
    private readonly List<(Piece Piece, Fanout? Source, bool IsEcho, bool IsOffer)> later = [];
    private Piece? frame;

    public long Seq => seq;

    public long Rev => rev;

    public bool IsFilled { get; private set; }

    public void HoldBack(in Piece piece, Fanout? source, bool isEcho = false, bool isOffer = false) =>
        later.Add((piece, source, isEcho, isOffer));

    /// <param name="piece">The frame; null if there is none after all.</param>
    /// <param name="covered">Conversations whose cursor the frame tells. What was held back of them is before the cut.</param>
    public void Fill(in Piece? piece, IReadOnlyCollection<Fanout> covered)
    {
        (frame, IsFilled) = (piece, true);
        later.RemoveAll(held => held.Source is { } source && covered.Contains(source));
    }

    public void Send(Outbox outbox)
    {
        if (frame is { } first) outbox.Reply(first);
        foreach (var (piece, _, _, isOffer) in later)
        {
            if (isOffer) outbox.Offer(piece);
            else outbox.Reply(piece);
        }
    }

    public void SendEchoes(Outbox outbox)
    {
        foreach (var (piece, _, isEcho, _) in later)
            if (isEcho) outbox.Reply(piece);
    }
}
