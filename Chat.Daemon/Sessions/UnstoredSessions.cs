using System.Collections.Concurrent;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Storage.Stores;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Sessions;

/// <summary>
/// The sessions that began while the disk was full. They are stored once there is room; until then their tokens end with the daemon, or
/// with the hold after the connection broke. Safe from any thread.
/// </summary>
internal sealed partial class UnstoredSessions(
    SessionRegistry sessionRegistry,
    SessionStore sessionStore,
    LastSeenWriter lastSeenWriter,
    TimeProvider time,
    ILogger<UnstoredSessions> logger)
    : IPeriodicTask
{
    private readonly ConcurrentDictionary<long, Session> sessions = [];

    /// <summary>Held while one is stored or ended, so that none is stored after its end.</summary>
    private SemaphoreSlim Gate { get; } = new(1);

    TimeSpan IPeriodicTask.Period => TimeSpan.FromSeconds(1);

    public int Count => sessions.Count;

    /// <summary>Ids of stored sessions are positive; of these, chance decides.</summary>
    public static long NewId() => -Random.Shared.NextInt64(1, long.MaxValue);

    /// <param name="session">It is live.</param>
    public void Add(Session session) => sessions[session.Id] = session;

    /// <summary>Ends the session, even if the disk is still full.</summary>
    public async Task EndAsync(Session session)
    {
        await Gate.WaitAsync();
        try
        {
            await DeleteAsync(session);
            sessionRegistry.End(session);
        }
        finally
        {
            Gate.Release();
        }
    }

    async Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        foreach (var session in sessions.Values.Where(s => !sessionRegistry.IsLive(s))) sessions.TryRemove(session.Id, out _);
        foreach (var session in sessions.Values)
            if (!await TryStoreAsync(session, cancellation)) return;
    }

    private async Task DeleteAsync(Session session)
    {
        try
        {
            await sessionStore.EndAsync(session.Id); // it may be stored by now
        }
        catch (Exception e) when (!session.IsStored && DiskFull.Is(e))
        {
            // It was never stored.
        }
    }

    /// <returns>False if the disk is still full.</returns>
    private async Task<bool> TryStoreAsync(Session session, CancellationToken cancellation)
    {
        await Gate.WaitAsync(cancellation);
        try
        {
            if (!sessionRegistry.IsLive(session)) return true;
            await sessionStore.AddLateAsync(session.Id, session.TokenHash, session.Name, session.Account, session.Lang);
            session.IsStored = true;
        }
        catch (Exception e) when (DiskFull.Is(e))
        {
            return false;
        }
        finally
        {
            Gate.Release();
        }
        sessions.TryRemove(session.Id, out _);
        LogStoredLate(logger, session.Id);
        // Dropped meanwhile: the mark that it is not held any more may have come too early.
        if (!sessionRegistry.IsLive(session))
            lastSeenWriter.Write([new SessionMark(session.Id, time.GetUtcNow().ToUnixTimeMilliseconds(), Held: false)]);
        return true;
    }

    [LoggerMessage(EventId = 212, EventName = "SessionStoredLate", Level = LogLevel.Information,
        Message = "Session {Session} began while the disk was full; it is stored now")]
    private static partial void LogStoredLate(ILogger logger, long session);
}
