using System.Net;
using System.Security.Cryptography;
using System.Text;
using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Delivery;
using Chat.Daemon.History;
using Chat.Daemon.Rooms;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Who may come in, under which name: a new session of a guest or an account, or an old one by its token.</summary>
internal sealed class LoginDesk(
    SessionRegistry registry, SessionStore store, SessionNotes notes, AccountDesk accounts, Restrictions restrictions, FirstAdmin firstAdmin,
    AddressLimits addresses, ConversationRegistry conversations, ConversationStore directs, OptionsSource options, TimeProvider time)
{
    /// <summary>How long a login waits for what the session's last connection has begun.</summary>
    private static readonly TimeSpan TakeOverTime = TimeSpan.FromSeconds(10);

    /// <summary>Takes up what the last run left: names of guests are kept for their tokens as after a broken connection.</summary>
    public async Task StartAsync()
    {
        foreach (var session in await store.TakeUpHeldAsync())
            if (session.Account is null && UserName.TryParse(session.Name, out var name)) registry.Hold(name, session.Id);
    }

    /// <summary>Attaches the connection to a new session or to the token's; the session's token is good, and stored, when this returns.</summary>
    public async Task<Admission> AdmitAsync(ClientFrame.Login login, Connection connection)
    {
        if (login.Token is { } token) return await ResumeAsync(login.Lang, token, connection);
        if (Throttle(connection.Address) is { } throttled) return throttled;
        if (!UserName.TryParse(login.User, out var name)) return Admission.Refused(RefusalCode.BadName);
        return login.Password is { } password ? await ByPasswordAsync(login.Lang, name, password, connection) : await AsGuestAsync(login.Lang, name, connection);
    }

    /// <summary>Makes an account, and attaches the connection to a session of it.</summary>
    public async Task<Admission> RegisterAsync(ClientFrame.Register frame, Connection connection)
    {
        if (Throttle(connection.Address) is { } throttled) return throttled;
        if (!UserName.TryParse(frame.User, out var name) || (name.IsReserved && name.Key != FirstAdmin.NameKey)) return Admission.Refused(RefusalCode.BadName);
        if (restrictions.BanOf("", Role.Guest, connection.Address) is { } ban) return Banned(ban);
        var claim = new object();
        if (!registry.TryClaim(name, claim)) return Admission.Refused(RefusalCode.NameTaken);
        try
        {
            if (await accounts.RegisterAsync(name, frame.Password, frame.Invitation, connection.Ending) is { } refusal) return Admission.Refused(refusal);
        }
        finally
        {
            registry.Unclaim(name, claim);
        }
        var account = await accounts.FindAsync(name, connection.Ending) ?? throw new InvalidOperationException("The account just made is not there.");
        return await BeginAsync(frame.Lang, account, connection);
    }

    /// <summary>Ends the session; its token is revoked when this returns.</summary>
    public async Task EndAsync(Session session)
    {
        registry.End(session);
        await store.EndAsync(session.Id);
    }

    /// <summary>Ends the account's other sessions: whoever knew the old password is out.</summary>
    public async Task EndOthersAsync(Session kept)
    {
        await store.EndOthersAsync(kept.Id, kept.Account);
        foreach (var session in registry.SessionsOf(kept.Identity).Where(s => s != kept))
            registry.End(session)?.Connection.End(ByeReason.SessionEnded);
    }

    /// <summary>Takes note that the connection is gone.</summary>
    public void Detach(Attachment attachment)
    {
        if (registry.Detach(attachment.Session, attachment)) notes.Note(attachment.Session, isHeld: true);
        attachment.SetDetached();
    }

    private async Task<Admission> ByPasswordAsync(string? lang, UserName name, string password, Connection connection)
    {
        var check = await accounts.CheckAsync(name, password, connection.Address, connection.Ending);
        if (check.Account is not { } account) return new Admission(null, null, new Refusal(check.Refusal!, RetryAfter: check.RetryAfter));
        if (restrictions.BanOf(Identity.OfAccount(account.Id).Key, account.Role, connection.Address) is { } ban) return Banned(ban);
        if (account.Role == Role.Admin) firstAdmin.Forget();
        return await BeginAsync(lang, account, connection);
    }

    private async Task<Admission> BeginAsync(string? lang, Account account, Connection connection)
    {
        var token = NewToken();
        var stored = await store.AddAsync(HashOf(token), account.Name, account.Id, lang);
        return Attach(registry.Add(SessionOf(stored.Id, account, token, lang), claim: null), token, lang, connection);
    }

    private async Task<Admission> AsGuestAsync(string? lang, UserName name, Connection connection)
    {
        if (restrictions.BanOf(SubjectOfGuest(name), Role.Guest, connection.Address) is { } ban) return Banned(ban);
        if (name.IsReserved && name.Key != FirstAdmin.NameKey) return Admission.Refused(RefusalCode.BadName);
        var claim = new object();
        if (!registry.TryClaim(name, claim)) return Admission.Refused(RefusalCode.NameTaken);
        var isAdded = false;
        try
        {
            // After the claim: who registers the name holds it meanwhile.
            if (await accounts.FindAsync(name, connection.Ending) is not null) return Admission.Refused(RefusalCode.PasswordRequired);
            var token = NewToken();
            var stored = await store.AddAsync(HashOf(token), name, account: null, lang);
            var session = registry.Add(GuestOf(stored.Id, name, token, lang), claim);
            isAdded = true;
            return Attach(session, token, lang, connection);
        }
        finally
        {
            if (!isAdded) registry.Unclaim(name, claim);
        }
    }

    private async Task<Admission> ResumeAsync(string? lang, string token, Connection connection)
    {
        var session = registry.Find(HashOf(token)) ?? await LoadAsync(token, connection.Ending);
        if (session is null) return Throttle(connection.Address) ?? Admission.Refused(RefusalCode.BadToken);
        var subject = session.Account is null ? SubjectOfGuest(session.User) : session.Identity.Key;
        if (restrictions.BanOf(subject, session.Person.Role, connection.Address) is { } ban) return Banned(ban);
        if (session.Account is null && (!registry.TryClaim(session.User, session) || await accounts.FindAsync(session.User, connection.Ending) is not null))
            return Admission.Refused(RefusalCode.NameTaken);
        await session.TakeOver.WaitAsync(connection.Ending);
        try
        {
            if (!await IsTakenOverAsync(session)) return Admission.Refused(RefusalCode.Unavailable);
            var admission = Attach(session, token, lang, connection);
            if (admission.Attachment is not null) notes.Note(session, isHeld: true);
            return admission;
        }
        finally
        {
            session.TakeOver.Release();
        }
    }

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
        if (await store.FindAsync(HashOf(token), cancellation) is not { } stored) return null;
        if (stored.Account is { } number)
            return await accounts.FindAsync(number, cancellation) is { } account ? registry.Add(SessionOf(stored.Id, account, token, stored.Lang), claim: null) : null;
        if (!UserName.TryParse(stored.Name, out var name)) throw new InvalidDataException($"The database holds session {stored.Id}, whose name is none.");
        return registry.Add(GuestOf(stored.Id, name, token, stored.Lang), claim: null);
    }

    private Admission Attach(Session session, string token, string? lang, Connection connection)
    {
        session.Lang = lang ?? session.Lang;
        var texts = SessionTexts.For(session.Lang, options.Current.Language);
        var attachment = new Attachment(session, connection, texts, new KnownDirects(session.Person, conversations, directs));
        return registry.TryAttach(session, attachment) ? new Admission(attachment, token, null) : Admission.Refused(RefusalCode.BadToken);
    }

    private Session SessionOf(long id, Account account, string token, string? lang) =>
        new(id, account.Id, new Person(Identity.OfAccount(account.Id), account.Name, account.Role), HashOf(token), new MessageRate(time)) { Lang = lang };

    private Session GuestOf(long id, UserName name, string token, string? lang) =>
        new(id, null, new Person(Identity.OfGuest(id), name, Role.Guest), HashOf(token), new MessageRate(time)) { Lang = lang };

    private Admission? Throttle(IPAddress address) =>
        addresses.TryLogin(address, options.Current.Limits.LoginsPerMinute) is { } wait ? new Admission(null, null, new Refusal(RefusalCode.RateLimited, RetryAfter: wait)) : null;

    /// <summary>The reason was written by a moderator for the banned one; it is theirs to read.</summary>
    private static Admission Banned(Ban ban) => new(null, null, new Refusal(RefusalCode.Banned, Detail: ban.Reason.Length > 0 ? ban.Reason : null));

    public static string SubjectOfGuest(UserName name) => $"g:{name.Key}";

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>A token has 256 random bits: one round of a fast hash is enough, and nothing is gained by a slow one.</summary>
    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

/// <summary>What became of a login.</summary>
/// <param name="Token">For the <c>welcome</c>.</param>
internal sealed record Admission(Attachment? Attachment, string? Token, Refusal? Refusal)
{
    public static Admission Refused(string code) => new(null, null, new Refusal(code));
}
