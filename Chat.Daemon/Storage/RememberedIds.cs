namespace Chat.Daemon.Storage;

/// <summary>The client ids that each session used in one conversation: its last 1,000, for ten minutes. Not thread-safe.</summary>
internal sealed class RememberedIds
{
    private const int PerSession = Protocol.ProtocolLimits.RememberedIds;

    private static readonly TimeSpan Age = TimeSpan.FromMinutes(10);

    private readonly Dictionary<long, Queue<(RememberedId Id, TimeSpan At)>> bySession = [];

    public void Add(long session, RememberedId id, TimeSpan now)
    {
        if (!bySession.TryGetValue(session, out var ids)) bySession.Add(session, ids = new());
        ids.Enqueue((id, now));
        if (ids.Count > PerSession) ids.Dequeue();
    }

    /// <summary>The latest, oldest first.</summary>
    public List<RememberedId> Recent(long session, int limit) =>
        bySession.TryGetValue(session, out var ids) ? ids.TakeLast(limit).Select(entry => entry.Id).ToList() : [];

    public void Forget(TimeSpan now)
    {
        foreach (var (session, ids) in bySession)
        {
            while (ids.TryPeek(out var oldest) && now - oldest.At > Age) ids.Dequeue();
            if (ids.Count == 0) bySession.Remove(session);
        }
    }
}
