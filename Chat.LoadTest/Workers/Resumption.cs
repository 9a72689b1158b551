using Chat.Protocol;

namespace Chat.LoadTest.Workers;

/// <summary>What a user asks for after it lost its connection.</summary>
/// <param name="after">The last number up to which nothing is missing.</param>
internal sealed class Resumption(string room, long after)
{
    private long last = after;
    private long cut = long.MaxValue;

    public ClientFrame Join() => new ClientFrame.Join(room, last);

    /// <summary>The answer to the join has this number: what is later comes live, before a page or after it.</summary>
    public void CutAt(long seq) => cut = seq;

    /// <summary>The part of a page that does not come live.</summary>
    public IEnumerable<DaemonFrame.Message> Missed(IReadOnlyList<DaemonFrame.Message> page) => page.Where(message => message.Seq <= cut);

    /// <summary>The page after this one; null if it reached the cut, or if the daemon promised more but sent nothing.</summary>
    public ClientFrame? NextPage(IReadOnlyList<DaemonFrame.Message> page)
    {
        if (page.Count == 0) return null;
        last = page[^1].Seq;
        return last < cut ? new ClientFrame.History(room, After: last, Limit: ProtocolLimits.HistoryMax) : null;
    }
}
