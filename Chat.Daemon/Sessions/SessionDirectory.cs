using System.Security.Cryptography;
using System.Text;
using Chat.Daemon.Accounts;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Sessions by their tokens: creates them, finds them, live or stored, and ends them.</summary>
internal sealed class SessionDirectory(
    SessionRegistry sessionRegistry,
    SessionStore sessionStore,
    UnstoredSessions unstoredSessions,
    Credentials credentials,
    TimeProvider time)
    : IStartupStep
{
    /// <summary>Raised when an open session's user has got another role.</summary>
    public event Action<ChatUser>? RoleChanged;

    /// <inheritdoc cref="SessionRegistry.Attached"/>
    public IReadOnlyList<Session> Attached() => sessionRegistry.Attached();

    /// <summary>Holds the names of guests who were connected when the daemon stopped, as after a broken connection.</summary>
    async Task IStartupStep.RunAsync(CancellationToken cancellation)
    {
        foreach (var guest in await sessionStore.ReleaseHeldAsync())
            if (UserName.TryParse(guest.Name, out var name)) sessionRegistry.Hold(name, guest.Id, guest.SeenAtMs);
    }

    /// <returns>The new session and its token, which is stored unless the disk is full.</returns>
    public async Task<(Session Session, string Token)> CreateAsync(Account account, string? lang)
    {
        var token = NewToken();
        var id = await TryStoreAsync(token, account.Name, account.Id, lang);
        return (Add(SessionOf(id ?? UnstoredSessions.NewId(), account, HashOf(token), lang), claim: null, isStored: id is not null), token);
    }

    /// <param name="claim">The claim of the guest's name, which the session replaces.</param>
    /// <returns>The new session and its token, which is stored unless the disk is full.</returns>
    public async Task<(Session Session, string Token)> CreateAsync(UserName name, object claim, string? lang)
    {
        var token = NewToken();
        var id = await TryStoreAsync(token, name, account: null, lang);
        return (Add(GuestOf(id ?? UnstoredSessions.NewId(), name, HashOf(token), lang), claim, isStored: id is not null), token);
    }

    /// <param name="tokenHash">What a cookie and the name of a tab make; nobody has its token.</param>
    /// <returns>Null if the login has ended.</returns>
    public async Task<Session?> CreateAsync(Account account, PageLogin login, byte[] tokenHash, string? lang)
    {
        if (await sessionStore.AddOfPageAsync(tokenHash, account.Name, login, lang) is not { } id) return null;
        var session = Add(SessionOf(id, account, tokenHash, lang, login.Id), claim: null, isStored: true);
        if (await sessionStore.FindAsync(tokenHash, CancellationToken.None) is not null) return session;
        sessionRegistry.End(session); // the login was ended before its session was in the registry
        return null;
    }

    /// <summary>A token has 256 random bits, so a fast hash protects it as well as a slow one.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <returns>Null if no session has the token.</returns>
    public async Task<Session?> FindAsync(byte[] tokenHash, CancellationToken cancellation)
    {
        if (sessionRegistry.Find(tokenHash) is { } live) return live;
        if (await LoadAsync(tokenHash, cancellation) is not { } loaded) return null;
        var session = sessionRegistry.Add(loaded, claim: null);
        if (await sessionStore.FindAsync(session.TokenHash, cancellation) is not null) return session;
        sessionRegistry.End(session); // it was ended before it was in the registry
        return null;
    }

    /// <summary>
    /// Takes the name of a guest's session back, unless another guest or an account has it by now, or one that looks alike.
    /// </summary>
    public async ValueTask<bool> TryTakeNameAsync(Session session, CancellationToken cancellation) =>
        sessionRegistry.TryClaim(session.Name, session) && !await credentials.IsTakenAsync(session.Name, cancellation);

    /// <summary>
    /// Ends the session. Its token is revoked when this returns. Of a login by cookie it ends all sessions, with the connections of the
    /// others.
    /// </summary>
    public async Task EndAsync(Session session)
    {
        if (!session.IsStored)
        {
            await unstoredSessions.EndAsync(session);
            return;
        }
        await sessionStore.EndAsync(session.Id); // first, so that nobody finds it stored once it is not live any more
        sessionRegistry.End(session);
        if (session.PageLogin is { } login) EndLive(login);
    }

    /// <summary>Ends what is live of a login by cookie that was ended in the database.</summary>
    public void EndLive(long pageLogin)
    {
        foreach (var session in sessionRegistry.SessionsOf(pageLogin)) sessionRegistry.End(session)?.Connection.End(ByeReason.SessionEnded);
    }

    /// <summary>
    /// Gives the session its account's role. Reads the account again afterwards, since its role may have changed meanwhile.
    /// </summary>
    /// <returns>The account; null if the session has none.</returns>
    public async Task<Account?> RefreshRoleAsync(Session session, CancellationToken cancellation)
    {
        while (session.Account is { } number && await credentials.FindAsync(number, cancellation) is { } account)
        {
            if (session.User.Role == account.Role) return account;
            session.User.Role = account.Role;
            RoleChanged?.Invoke(session.User);
        }
        return null;
    }

    /// <summary>A session of an account is stored longer than its account may exist.</summary>
    private async Task<Session?> LoadAsync(byte[] tokenHash, CancellationToken cancellation)
    {
        if (await sessionStore.FindAsync(tokenHash, cancellation) is not { } stored) return null;
        if (stored.Account is { } number)
        {
            return await credentials.FindAsync(number, cancellation) is { } account
                ? SessionOf(stored.Id, account, tokenHash, stored.Lang, stored.PageLogin)
                : null;
        }

        if (!UserName.TryParse(stored.Name, out var name))
            throw new InvalidDataException($"The database holds session {stored.Id} with the invalid name \"{stored.Name}\".");
        return GuestOf(stored.Id, name, tokenHash, stored.Lang);
    }

    private Session SessionOf(long id, Account account, byte[] tokenHash, string? lang, long? pageLogin = null)
    {
        var user = new ChatUser(Identity.OfAccount(account.Id), account.Name, account.Role);
        return new Session(id, account.Id, user, tokenHash, time) { Lang = lang, PageLogin = pageLogin };
    }

    private Session GuestOf(long id, UserName name, byte[] tokenHash, string? lang)
    {
        var user = new ChatUser(Identity.OfGuest(id), name, Role.Guest);
        return new Session(id, null, user, tokenHash, time) { Lang = lang };
    }

    /// <returns>The session's id; null if the disk is full.</returns>
    private async Task<long?> TryStoreAsync(string token, UserName name, long? account, string? lang)
    {
        try
        {
            return (await sessionStore.AddAsync(HashOf(token), name, account, lang)).Id;
        }
        catch (Exception e) when (DiskFull.Is(e))
        {
            return null; // the writer has told the operator
        }
    }

    private Session Add(Session session, object? claim, bool isStored)
    {
        session.IsStored = isStored;
        sessionRegistry.Add(session, claim);
        if (!isStored) unstoredSessions.Add(session);
        return session;
    }
}
