using Chat.Protocol;

namespace Chat.LoadTest.Workers;

/// <summary>What a user asks for after it lost its connection.</summary>
/// <param name="after">The last number up to which nothing is missing.</param>
/// <param name="rev">The last change up to which nothing is missing.</param>
internal sealed class Resumption(string room, long after, long rev)
{
    private long last = after;
    private long? changesFrom;

    /// <summary>The number in the answer to the join: what is later comes live, before a page or after it.</summary>
    private long cut = long.MaxValue;

    public ClientFrame Join() => new ClientFrame.Join(room, last, rev);

    public void TakeJoined(DaemonFrame.Joined joined)
    {
        cut = joined.Seq;
        if (joined.MoreChanges == true) changesFrom = rev;
        TakePage(joined.Messages, joined.More);
    }

    public void TakePage(IReadOnlyList<DaemonFrame.Message> page, bool more) =>
        last = page.Count == 0 || !more ? cut : page[^1].Seq; // none is there, although the daemon promised more

    public void TakeChanges(DaemonFrame.Changes page) => changesFrom = page.More ? page.Rev : null;

    /// <summary>The part of a page that does not come live.</summary>
    public IEnumerable<DaemonFrame.Message> Missed(IReadOnlyList<DaemonFrame.Message> page) => page.Where(message => message.Seq <= cut);

    /// <summary>Null if nothing more is missing.</summary>
    public ClientFrame? Next()
    {
        if (last < cut) return new ClientFrame.History(room, After: last, Limit: ProtocolLimits.HistoryMax);
        return changesFrom is { } from ? new ClientFrame.Changes(from, room, Limit: ProtocolLimits.HistoryMax) : null;
    }
}
