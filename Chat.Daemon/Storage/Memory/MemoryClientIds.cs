using Chat.Protocol;

namespace Chat.Daemon.Storage.Memory;

/// <summary>The client ids that each session used in one conversation: the last 1,000, for ten minutes. Not thread-safe.</summary>
internal sealed class MemoryClientIds
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    private readonly Dictionary<long, Queue<(LoggedClientId Id, TimeSpan At)>> bySession = [];

    public void Add(long session, LoggedClientId id, TimeSpan now)
    {
        if (!bySession.TryGetValue(session, out var ids)) bySession.Add(session, ids = new());
        ids.Enqueue((id, now));
        if (ids.Count > ProtocolLimits.RememberedIds) ids.Dequeue();
    }

    /// <summary>The latest, oldest first.</summary>
    public List<LoggedClientId> Recent(long session, int limit) =>
        bySession.TryGetValue(session, out var ids) ? ids.TakeLast(limit).Select(entry => entry.Id).ToList() : [];

    public void Expire(TimeSpan now)
    {
        foreach (var (session, ids) in bySession)
        {
            while (ids.TryPeek(out var oldest) && now - oldest.At > MaxAge) ids.Dequeue();
            if (ids.Count == 0) bySession.Remove(session);
        }
    }
}
