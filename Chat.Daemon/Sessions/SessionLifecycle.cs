using System.Net;
using Chat.Daemon.Accounts;
using Chat.Daemon.Storage.Stores;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Attaches connections to sessions, one at a time each, and detaches them.</summary>
internal sealed class SessionLifecycle(
    SessionDirectory sessionDirectory,
    SessionRegistry sessionRegistry,
    AttachmentFactory attachmentFactory,
    LastSeenWriter lastSeenWriter,
    Bans bans)
{
    /// <summary>How long a login waits for appends that the session's last connection began.</summary>
    private static readonly TimeSpan TakeOverTime = TimeSpan.FromSeconds(10);

    /// <summary>Begins a session of the account, whose password was checked against <paramref name="account"/>.</summary>
    public async Task<LoginOutcome> BeginAsync(Account account, string? lang, Connection connection)
    {
        var (session, token) = await sessionDirectory.CreateAsync(account, lang);
        return await BeginAsync(session, token, connection, account.Password);
    }

    /// <summary>Begins a session of a guest.</summary>
    /// <param name="claim">The claim of the name, which the session replaces.</param>
    public async Task<LoginOutcome> BeginAsync(UserName name, object claim, string? lang, Connection connection)
    {
        var (session, token) = await sessionDirectory.CreateAsync(name, claim, lang);
        return await BeginAsync(session, token, connection, password: null);
    }

    /// <summary>Begins a session of a login by cookie.</summary>
    public async Task<LoginOutcome> BeginAsync(Account account, PageLogin login, byte[] tokenHash, string? lang, Connection connection)
    {
        return await sessionDirectory.CreateAsync(account, login, tokenHash, lang) is { } session
            ? await BeginAsync(session, token: null, connection, password: null)
            : LoginOutcome.Refused(RefusalCode.BadToken);
    }

    /// <summary>Attaches the connection to the token's session. A connection that the session still has is ended first.</summary>
    /// <param name="token">For the <c>welcome</c>, if the client has one.</param>
    /// <returns>Null if no session has the token.</returns>
    public async Task<LoginOutcome?> ResumeAsync(byte[] tokenHash, string? token, string? lang, Connection connection)
    {
        if (await sessionDirectory.FindAsync(tokenHash, connection.Ending) is not { } session) return null;
        if (BanOf(session, connection) is { } ban) return LoginOutcome.Banned(ban);
        if (session.Account is null && !await sessionDirectory.TryTakeNameAsync(session, connection.Ending))
            return LoginOutcome.Refused(RefusalCode.NameTaken);
        await session.TakeOver.WaitAsync(connection.Ending);
        try
        {
            if (!await IsTakenOverAsync(session, connection)) return LoginOutcome.Refused(RefusalCode.Unavailable);
            session.Lang = lang ?? session.Lang;
            var outcome = await AttachAsync(session, token, connection, password: null);
            if (outcome.Attachment is not null) lastSeenWriter.Write(session);
            return outcome;
        }
        finally
        {
            session.TakeOver.Release();
        }
    }

    public void Detach(Attachment attachment)
    {
        if (sessionRegistry.Detach(attachment.Session, attachment)) lastSeenWriter.Write(attachment.Session);
        attachment.SetDetached();
    }

    /// <param name="subject">As in <see cref="Ban.Subject"/>; empty if only the address counts.</param>
    /// <returns>The ban that keeps the subject out, or null.</returns>
    public ActiveBan? BanOf(string subject, Role role, IPAddress address) => bans.BanOf(subject, role, address);

    private async Task<LoginOutcome> BeginAsync(Session session, string? token, Connection connection, string? password)
    {
        var outcome = await AttachAsync(session, token, connection, password);
        if (outcome.Attachment is null) await sessionDirectory.EndAsync(session);
        return outcome;
    }

    private async Task<LoginOutcome> AttachAsync(Session session, string? token, Connection connection, string? password)
    {
        var attachment = attachmentFactory.Create(session, connection);
        if (!sessionRegistry.TryAttach(session, attachment)) return LoginOutcome.Refused(RefusalCode.BadToken);
        LoginOutcome? refused = null;
        var isChecked = false;
        try
        {
            refused = await CheckAgainAsync(session, connection, password);
            isChecked = true;
        }
        finally
        {
            if (!isChecked || refused is not null) Detach(attachment);
        }
        return refused ?? new LoginOutcome(attachment, token, null);
    }

    /// <summary>
    /// Checks the login again, now that the session is visible. A ban, a new role or a new password is written first and then applied to
    /// the sessions in the registry; one made during the login has not seen this session.
    /// </summary>
    /// <returns>Null if the login holds.</returns>
    private async Task<LoginOutcome?> CheckAgainAsync(Session session, Connection connection, string? password)
    {
        if (session.Account is not null)
        {
            if (await sessionDirectory.RefreshRoleAsync(session, connection.Ending) is not { } account)
                return LoginOutcome.Refused(RefusalCode.BadToken);
            if (password is not null && account.Password != password) return LoginOutcome.Refused(RefusalCode.WrongPassword);
        }
        return BanOf(session, connection) is { } ban ? LoginOutcome.Banned(ban) : null;
    }

    private ActiveBan? BanOf(Session session, Connection connection) =>
        BanOf(session.Account is null ? Ban.SubjectOfGuest(session.Name) : session.Identity.Key, session.User.Role, connection.Address);

    /// <summary>Ends the session's connection, if it has one, and waits until none of its messages is in flight.</summary>
    private Task<bool> IsTakenOverAsync(Session session, Connection connection)
    {
        var old = sessionRegistry.CurrentOf(session);
        old?.Connection.End(ByeReason.TakenOver);
        return connection.IsDoneWithinAsync(Task.WhenAll(old?.Detached ?? Task.CompletedTask, session.Appends.WhenEmpty()), TakeOverTime);
    }
}
