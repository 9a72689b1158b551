using Chat.Daemon.Accounts;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>The sessions of an account: lists them, and ends them with their connections. Safe from any thread.</summary>
internal sealed class AccountSessions(
    SessionRegistry sessionRegistry,
    SessionDirectory sessionDirectory,
    SessionStore sessionStore,
    UnstoredSessions unstoredSessions,
    TimeProvider time)
{
    /// <returns>The connected ones first, then those that were seen last.</returns>
    public async ValueTask<IReadOnlyList<StoredSession>> ListAsync(long account, int limit, CancellationToken cancellation)
    {
        var stored = await sessionStore.ListAsync(account, limit, cancellation);
        var live = LiveOf(account).ToDictionary(session => session.Id);
        var all = stored.Select(session => live.GetValueOrDefault(session.Id) is { } known ? Refreshed(session, known) : session)
            .Concat(live.Values.Where(session => !session.IsStored).Select(Unstored));
        return [.. all.OrderByDescending(session => session.Held).ThenByDescending(session => session.SeenAtMs).Take(limit)];
    }

    /// <returns>False if the account has no such session.</returns>
    public async Task<bool> EndAsync(long account, long id)
    {
        if (LiveOf(account).FirstOrDefault(session => session.Id == id) is not { } live)
        {
            if (await sessionStore.EndAsync(id, account) is not { } ended) return false;
            if (ended.PageLogin is { } login) sessionDirectory.EndLive(login);
            return true;
        }
        await sessionDirectory.EndAsync(live);
        sessionRegistry.CurrentOf(live)?.Connection.End(ByeReason.SessionEnded);
        return true;
    }

    /// <summary>
    /// Ends all of them but one and those of the same login by cookie, and with them everybody who knew an old password or had a token.
    /// </summary>
    /// <param name="kept">Null to end all.</param>
    /// <returns>How many were stored.</returns>
    public async Task<int> EndOthersAsync(long account, Session? kept)
    {
        foreach (var session in LiveOf(account).Where(s => s != kept && !s.IsStored)) // first, or one might be stored afterwards
        {
            await unstoredSessions.EndAsync(session);
            sessionRegistry.CurrentOf(session)?.Connection.End(ByeReason.SessionEnded);
        }
        var ended = await sessionStore.EndOthersAsync(kept?.Id ?? 0, account);
        foreach (var session in LiveOf(account).Where(s => s != kept && (s.PageLogin is null || s.PageLogin != kept?.PageLogin)))
            sessionRegistry.End(session)?.Connection.End(ByeReason.SessionEnded);
        return ended;
    }

    /// <summary>Gives the account's new role to its open sessions.</summary>
    public async Task RefreshRolesAsync(long account)
    {
        foreach (var session in LiveOf(account)) await sessionDirectory.RefreshRoleAsync(session, CancellationToken.None);
    }

    private IReadOnlyList<Session> LiveOf(long account) => sessionRegistry.SessionsOf(Identity.OfAccount(account));

    private StoredSession Refreshed(StoredSession stored, Session live) =>
        stored with { SeenAtMs = SeenAtMs(live), Held = sessionRegistry.CurrentOf(live) is not null };

    private StoredSession Unstored(Session live) => new(
        live.Id, live.Name.Text, live.Name.Key, live.Account, live.Lang, SeenAtMs(live), SeenAtMs(live),
        sessionRegistry.CurrentOf(live) is not null);

    private long SeenAtMs(Session live) =>
        (sessionRegistry.CurrentOf(live) is null ? live.DetachedAt : time.GetUtcNow()).ToUnixTimeMilliseconds();
}
