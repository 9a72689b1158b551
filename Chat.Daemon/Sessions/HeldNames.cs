using Chat.Daemon.Storage;

namespace Chat.Daemon.Sessions;

/// <summary>Frees the names of guests who have not come back.</summary>
internal sealed class HeldNames(SessionRegistry registry, SessionStore store) : IPeriodicTask
{
    TimeSpan IPeriodicTask.Period => TimeSpan.FromSeconds(1);

    Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        var expired = registry.DropExpired();
        return store.MarkAsync([.. expired.Select(s => new SessionMark(s.Session, s.SeenAt.ToUnixTimeMilliseconds(), Held: false))]);
    }
}
