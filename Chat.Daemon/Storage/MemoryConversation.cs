using Chat.Protocol;

namespace Chat.Daemon.Storage;

/// <summary>The last messages of one conversation and their client ids. Safe from any thread: one lock guards everything.</summary>
/// <param name="keep">Messages that can be read. Up to a quarter more are held, so that not every append moves them.</param>
internal sealed class MemoryConversation(int keep)
{
    private readonly Lock guard = new();
    private readonly List<LoggedMessage> messages = [];
    private readonly MemoryClientIds ids = new();
    private long last;

    public LogRange Range
    {
        get
        {
            lock (guard) return new(First, last);
        }
    }

    private long First => last - Math.Min(messages.Count, keep) + 1;

    /// <exception cref="LogRefusedException">The numbers do not continue the conversation.</exception>
    public void Append(ConversationId conversation, IReadOnlyList<LoggedMessage> appended, TimeSpan now)
    {
        lock (guard)
        {
            for (var i = 0; i < appended.Count; i++) LogRefusedException.ThrowUnlessNext(conversation, appended[i].Seq, last + 1 + i);
            foreach (var message in appended)
            {
                messages.Add(message);
                if (message.ClientId is { } id) ids.Add(message.Session, new(id, message.Seq), now);
            }
            last += appended.Count;
            if (messages.Count > keep + (keep / 4)) messages.RemoveRange(0, messages.Count - keep);
        }
    }

    /// <summary>The oldest or the newest messages between two numbers, at most <paramref name="limit"/>.</summary>
    public List<LoggedMessage> Read(long after, long before, int limit, bool newest)
    {
        lock (guard)
        {
            var from = Math.Clamp(after, First - 1, last) + 1;
            var to = Math.Clamp(before, from, last + 1);
            var count = (int)Math.Min(to - from, Math.Max(limit, 0));
            if (newest) from = to - count;
            var page = messages.GetRange((int)(from - (last - messages.Count + 1)), count);
            Cut(page, newest);
            return page;
        }
    }

    public List<LoggedClientId> RecentIds(long session, int limit)
    {
        lock (guard) return ids.Recent(session, limit);
    }

    public void ExpireIds(TimeSpan now)
    {
        lock (guard) ids.Expire(now);
    }

    /// <summary>Leaves as many as a frame can hold, and one that shows where it ends.</summary>
    private static void Cut(List<LoggedMessage> page, bool newest)
    {
        var (count, bytes) = (0, 0);
        while (count < page.Count && bytes < ProtocolLimits.DaemonFrameBytes)
            bytes += page[newest ? page.Count - ++count : count++].FrameBytes;
        page.RemoveRange(newest ? 0 : count, page.Count - count);
    }
}
