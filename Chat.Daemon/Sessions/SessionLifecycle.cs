using System.Security.Cryptography;
using System.Text;
using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Messages;
using Chat.Daemon.Rooms;
using Chat.Daemon.Storage;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Begins sessions, attaches connections to them, and ends them.</summary>
internal sealed class SessionLifecycle(
    SessionRegistry registry, SessionStore store, LastSeenWriter notes, Credentials accounts, BansAndMutes restrictions,
    ConversationRegistry conversations, ConversationStore directs, OptionsSource options, TimeProvider time)
{
    /// <summary>How long a login waits for what the session's last connection has begun.</summary>
    private static readonly TimeSpan TakeOverTime = TimeSpan.FromSeconds(10);

    /// <summary>Takes up what the last run left: names of guests are kept for their tokens as after a broken connection.</summary>
    public async Task StartAsync()
    {
        foreach (var session in await store.TakeUpHeldAsync())
            if (session.Account is null && UserName.TryParse(session.Name, out var name)) registry.Hold(name, session.Id);
    }

    /// <summary>A new session of the account, with the password that it has as far as the caller knows.</summary>
    public async Task<LoginOutcome> BeginAsync(Account account, string? lang, Connection connection)
    {
        var token = NewToken();
        var stored = await store.AddAsync(HashOf(token), account.Name, account.Id, lang);
        return await BeginAsync(registry.Add(SessionOf(stored.Id, account, token, lang), claim: null), token, connection, account.Password);
    }

    /// <summary>A new session of a guest.</summary>
    /// <param name="claim">The claim of the name, which the session replaces.</param>
    public async Task<LoginOutcome> BeginAsync(UserName name, object claim, string? lang, Connection connection)
    {
        var token = NewToken();
        var stored = await store.AddAsync(HashOf(token), name, account: null, lang);
        return await BeginAsync(registry.Add(GuestOf(stored.Id, name, token, lang), claim), token, connection, password: null);
    }

    /// <returns>Null where the token is no session's.</returns>
    public async Task<LoginOutcome?> ResumeAsync(string token, string? lang, Connection connection)
    {
        var session = registry.Find(HashOf(token)) ?? await LoadAsync(token, connection.Ending);
        if (session is null) return null;
        if (BanOf(session, connection) is { } ban) return LoginOutcome.Banned(ban);
        if (session.Account is null && (!registry.TryClaim(session.Name, session) || await accounts.FindAsync(session.Name, connection.Ending) is not null))
            return LoginOutcome.Refused(RefusalCode.NameTaken);
        await session.TakeOver.WaitAsync(connection.Ending);
        try
        {
            if (!await IsTakenOverAsync(session)) return LoginOutcome.Refused(RefusalCode.Unavailable);
            session.Lang = lang ?? session.Lang;
            var admission = await AttachAsync(session, token, connection, password: null);
            if (admission.Attachment is not null) notes.Note(session, isHeld: true);
            return admission;
        }
        finally
        {
            session.TakeOver.Release();
        }
    }

    /// <summary>Takes note that the connection is gone.</summary>
    public void Detach(Attachment attachment)
    {
        if (registry.Detach(attachment.Session, attachment)) notes.Note(attachment.Session, isHeld: true);
        attachment.SetDetached();
    }

    /// <summary>Ends the session; its token is revoked when this returns.</summary>
    public async Task EndAsync(Session session)
    {
        await store.EndAsync(session.Id); // first: once it is not live any more, nobody must find it there
        registry.End(session);
    }

    /// <summary>Ends the account's other sessions: whoever knew the old password is out.</summary>
    public async Task EndOthersAsync(Session kept)
    {
        await store.EndOthersAsync(kept.Id, kept.Account);
        foreach (var session in registry.SessionsOf(kept.Identity).Where(s => s != kept))
            registry.End(session)?.Connection.End(ByeReason.SessionEnded);
    }

    /// <summary>Gives the session the role that its account has; it is read again after it was set, for it may have changed meanwhile.</summary>
    /// <returns>Null where it has no account.</returns>
    public async Task<Account?> RefreshAsync(Session session, CancellationToken cancellation)
    {
        while (session.Account is { } number && await accounts.FindAsync(number, cancellation) is { } account)
        {
            if (session.User.Role == account.Role) return account;
            session.User.Role = account.Role;
        }
        return null;
    }

    private async Task<LoginOutcome> BeginAsync(Session session, string token, Connection connection, string? password)
    {
        var admission = await AttachAsync(session, token, connection, password);
        if (admission.Attachment is null) await EndAsync(session);
        return admission;
    }

    private async Task<LoginOutcome> AttachAsync(Session session, string token, Connection connection, string? password)
    {
        var texts = SessionTexts.For(session.Lang, options.Current.Language);
        var attachment = new Attachment(session, connection, texts, new DirectConversationCache(session.User, conversations, directs));
        if (!registry.TryAttach(session, attachment)) return LoginOutcome.Refused(RefusalCode.BadToken);
        LoginOutcome? refused = null;
        var isChecked = false;
        try
        {
            refused = await ChangedAsync(session, connection, password);
            isChecked = true;
        }
        finally
        {
            if (!isChecked || refused is not null) Detach(attachment);
        }
        return refused ?? new LoginOutcome(attachment, token, null);
    }

    /// <summary>
    /// What spoke for the login is looked at once more, now that the session is found by whoever changes it: each of them writes first, and then looks for sessions.
    /// </summary>
    private async Task<LoginOutcome?> ChangedAsync(Session session, Connection connection, string? password)
    {
        if (session.Account is not null)
        {
            if (await RefreshAsync(session, connection.Ending) is not { } account) return LoginOutcome.Refused(RefusalCode.BadToken);
            if (password is not null && account.Password != password) return LoginOutcome.Refused(RefusalCode.WrongPassword);
        }
        return BanOf(session, connection) is { } ban ? LoginOutcome.Banned(ban) : null;
    }

    private Ban? BanOf(Session session, Connection connection) =>
        restrictions.BanOf(session.Account is null ? Ban.SubjectOfGuest(session.Name) : session.Identity.Key, session.User.Role, connection.Address);

    /// <summary>Ends the session's connection, if it has one, and waits until nothing of it is on its way.</summary>
    private async Task<bool> IsTakenOverAsync(Session session)
    {
        var old = registry.CurrentOf(session);
        old?.Connection.End(ByeReason.TakenOver);
        try
        {
            await Task.WhenAll(old?.Detached ?? Task.CompletedTask, session.Appends.WhenEmpty()).WaitAsync(TakeOverTime, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The session of the token, where it is good; of an account also only while that exists.</summary>
    private async Task<Session?> LoadAsync(string token, CancellationToken cancellation)
    {
        if (await StoredAsync(token, cancellation) is not { } loaded) return null;
        var session = registry.Add(loaded, claim: null);
        if (await store.FindAsync(session.TokenHash, cancellation) is not null) return session;
        registry.End(session); // it was ended before it could be found
        return null;
    }

    private async Task<Session?> StoredAsync(string token, CancellationToken cancellation)
    {
        if (await store.FindAsync(HashOf(token), cancellation) is not { } stored) return null;
        if (stored.Account is { } number)
            return await accounts.FindAsync(number, cancellation) is { } account ? SessionOf(stored.Id, account, token, stored.Lang) : null;
        if (!UserName.TryParse(stored.Name, out var name)) throw new InvalidDataException($"The database holds session {stored.Id}, whose name is none.");
        return GuestOf(stored.Id, name, token, stored.Lang);
    }

    private Session SessionOf(long id, Account account, string token, string? lang) =>
        new(id, account.Id, new ChatUser(Identity.OfAccount(account.Id), account.Name, account.Role), HashOf(token), new SendRate(time)) { Lang = lang };

    private Session GuestOf(long id, UserName name, string token, string? lang) =>
        new(id, null, new ChatUser(Identity.OfGuest(id), name, Role.Guest), HashOf(token), new SendRate(time)) { Lang = lang };

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>A token has 256 random bits: one round of a fast hash is enough, and nothing is gained by a slow one.</summary>
    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
