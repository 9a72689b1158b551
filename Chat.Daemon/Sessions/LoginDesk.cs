using System.Net;
using System.Security.Cryptography;
using System.Text;
using Chat.Daemon.Configuration;
using Chat.Daemon.Delivery;
using Chat.Daemon.History;
using Chat.Daemon.Transport;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Sessions;

/// <summary>Who may come in, under which name: a new session by name, or an old one by its token.</summary>
internal sealed partial class LoginDesk(
    SessionRegistry registry, SessionStore store, AddressLimits addresses, OptionsSource options, TimeProvider time, ILogger<LoginDesk> logger)
{
    /// <summary>How long a login waits for what the session's last connection has begun.</summary>
    private static readonly TimeSpan TakeOverTime = TimeSpan.FromSeconds(10);

    private static readonly string[] GuestRoles = ["guest"];

    /// <summary>Attaches the connection to a new session or to the token's; the session's token is good, and stored, when this returns.</summary>
    public Task<Admission> AdmitAsync(ClientFrame.Login login, Connection connection, CancellationToken cancellation) =>
        login.Token is { } token ? ResumeAsync(login, token, connection, cancellation) : BeginAsync(login, connection);

    /// <summary>Takes up what the last run left: names of guests are kept for their tokens as after a broken connection.</summary>
    public async Task StartAsync()
    {
        foreach (var session in await store.TakeUpHeldAsync())
            if (session.Account is null && UserName.TryParse(session.Name, out var name)) registry.Hold(name, session.Id);
    }

    /// <summary>Ends the session; its token is revoked when this returns.</summary>
    public async Task EndAsync(Session session)
    {
        registry.End(session);
        await store.EndAsync(session.Id);
    }

    /// <summary>Takes note that the connection is gone.</summary>
    public void Detach(Attachment attachment)
    {
        if (registry.Detach(attachment.Session, attachment)) Note(attachment.Session, isHeld: true);
        attachment.SetDetached();
    }

    /// <summary>Stores when the session was last used, and whether its name is held. Nobody waits for it: a lost note costs a name's hold, not a session.</summary>
    public void Note(Session session, bool isHeld) => _ = NoteAsync(session, isHeld);

    private async Task NoteAsync(Session session, bool isHeld)
    {
        try
        {
            await store.MarkAsync([new SessionMark(session.Id, time.GetUtcNow().ToUnixTimeMilliseconds(), isHeld)]);
        }
        catch (Exception e)
        {
            LogNoteFailed(logger, session.Id, e);
        }
    }

    private async Task<Admission> BeginAsync(ClientFrame.Login login, Connection connection)
    {
        if (Throttle(connection.Address) is { } throttled) return throttled;
        if (!UserName.TryParse(login.User, out var name)) return Admission.Refused(RefusalCode.BadName);
        if (login.Password is not null) return Admission.Refused(RefusalCode.WrongPassword);
        if (name.Key == "admin") return Admission.Refused(RefusalCode.PasswordRequired);
        if (name.IsReserved) return Admission.Refused(RefusalCode.BadName);
        var claim = new object();
        if (!registry.TryClaim(name, claim)) return Admission.Refused(RefusalCode.NameTaken);
        try
        {
            var token = NewToken();
            var stored = await store.AddAsync(HashOf(token), name, account: null, login.Lang);
            var session = registry.Add(new Session(stored.Id, name, null, HashOf(token), new MessageRate(time)), claim);
            return Attach(session, token, login, connection);
        }
        catch (Exception)
        {
            registry.Unclaim(name, claim);
            throw;
        }
    }

    private async Task<Admission> ResumeAsync(ClientFrame.Login login, string token, Connection connection, CancellationToken cancellation)
    {
        var session = registry.Find(HashOf(token)) ?? await LoadAsync(token, cancellation);
        if (session is null) return Throttle(connection.Address) ?? Admission.Refused(RefusalCode.BadToken);
        if (session.Account is null && !registry.TryClaim(session.User, session)) return Admission.Refused(RefusalCode.NameTaken);
        await session.TakeOver.WaitAsync(cancellation);
        try
        {
            if (!await IsTakenOverAsync(session)) return Admission.Refused(RefusalCode.Unavailable);
            var admission = Attach(session, token, login, connection);
            if (admission.Attachment is not null) Note(session, isHeld: true);
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

    private async Task<Session?> LoadAsync(string token, CancellationToken cancellation)
    {
        if (await store.FindAsync(HashOf(token), cancellation) is not { } record) return null;
        if (!UserName.TryParse(record.Name, out var name)) throw new InvalidDataException($"The database holds session {record.Id}, whose name is none.");
        return registry.Add(new Session(record.Id, name, record.Account, HashOf(token), new MessageRate(time)), claim: null);
    }

    private Admission Attach(Session session, string token, ClientFrame.Login login, Connection connection)
    {
        var person = new Person(session.Identity, session.User, GuestRoles);
        var attachment = new Attachment(session, connection, person, RefusalTexts.For(login.Lang, options.Current.Language));
        return registry.TryAttach(session, attachment) ? new Admission(attachment, token, null) : Admission.Refused(RefusalCode.BadToken);
    }

    private Admission? Throttle(IPAddress address) =>
        addresses.TryLogin(address, options.Current.Limits.LoginsPerMinute) is { } wait ? new Admission(null, null, new Refusal(RefusalCode.RateLimited, RetryAfter: wait)) : null;

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>A token has 256 random bits: one round of a fast hash is enough, and nothing is gained by a slow one.</summary>
    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    [LoggerMessage(EventId = 211, Level = LogLevel.Warning, Message = "Session {Session}: its last use could not be stored")]
    private static partial void LogNoteFailed(ILogger logger, long session, Exception cause);
}

/// <summary>What became of a login.</summary>
/// <param name="Token">For the <c>welcome</c>.</param>
internal sealed record Admission(Attachment? Attachment, string? Token, Refusal? Refusal)
{
    public static Admission Refused(string code) => new(null, null, new Refusal(code));
}
