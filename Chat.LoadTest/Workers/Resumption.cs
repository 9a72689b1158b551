using Chat.Protocol;

namespace Chat.LoadTest.Workers;

/// <summary>What a user asks for after it lost its connection.</summary>
/// <param name="after">The last number up to which nothing is missing.</param>
internal sealed class Resumption(string room, long after)
{
    private long last = after;

    public ClientFrame Join() => new ClientFrame.Join(room, last);

    /// <summary>The page after this one; null if the daemon promised more but sent nothing.</summary>
    public ClientFrame? NextPage(IReadOnlyList<DaemonFrame.Message> page)
    {
        if (page.Count == 0) return null;
        last = page[^1].Seq;
        return new ClientFrame.History(room, After: last, Limit: ProtocolLimits.HistoryMax);
    }
}
