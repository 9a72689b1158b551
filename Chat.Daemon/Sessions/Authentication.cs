using System.Net;
using Chat.Daemon.Accounts;
using Chat.Daemon.Sessions.Limits;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Decides who may log in under which name: with a token, with a password, or as a guest.</summary>
internal sealed class Authentication(
    SessionRegistry sessionRegistry,
    SessionLifecycle sessionLifecycle,
    Credentials credentials,
    FirstAdmin firstAdmin,
    AddressLimits addressLimits)
{
    /// <summary>Attaches the connection to a new session, or to the token's. The session's token is stored when this returns.</summary>
    public async Task<LoginOutcome> LoginAsync(ClientFrame.Login login, Connection connection)
    {
        if (login.Token is { } token)
        {
            return await sessionLifecycle.ResumeAsync(SessionDirectory.HashOf(token), token, login.Lang, connection)
                ?? Throttle(connection.Address) ?? LoginOutcome.Refused(RefusalCode.BadToken);
        }

        if (Throttle(connection.Address) is { } throttled) return throttled;
        if (!UserName.TryParse(login.User, out var name)) return LoginOutcome.Refused(RefusalCode.BadName);
        return login.Password is { } password
            ? await LoginAsync(name, password, login.Lang, connection)
            : await LoginAsGuestAsync(name, login.Lang, connection);
    }

    /// <summary>Creates an account, and attaches the connection to a session of it.</summary>
    /// <param name="texts">In the client's language.</param>
    public async Task<LoginOutcome> RegisterAsync(ClientFrame.Register frame, SessionTexts texts, Connection connection)
    {
        if (Throttle(connection.Address) is { } throttled) return throttled;
        if (!UserName.TryParse(frame.User, out var name)) return LoginOutcome.Refused(RefusalCode.BadName);
        if (NewName.RefusalOf(name) is { } code) return LoginOutcome.Refused(code);
        if (sessionLifecycle.BanOf("", Role.Guest, connection.Address) is { } ban) return LoginOutcome.Banned(ban);
        var claim = new object();
        if (!sessionRegistry.TryClaim(name, claim)) return LoginOutcome.Refused(RefusalCode.NameTaken);
        PasswordCheck registered;
        try
        {
            registered = await credentials.RegisterAsync(frame, name, connection.Address, connection.Ending);
        }
        finally
        {
            sessionRegistry.Unclaim(name, claim);
        }
        if (registered.Account is { } account) return await sessionLifecycle.BeginAsync(account, frame.Lang, connection);
        var refusal = registered.Refusal!;
        return new LoginOutcome(null, null, refusal with { Detail = texts.OfPassword(refusal.Code, credentials.PasswordMinimum) });
    }

    /// <summary>Whether it is the account's password, and the account may log in from there.</summary>
    public async Task<PasswordCheck> CheckAsync(UserName name, string password, IPAddress address, CancellationToken cancellation)
    {
        var check = await credentials.CheckAsync(name, password, address, cancellation);
        if (check.Account is not { } account) return check;
        if (BanOf(account, address) is { } banned) return new PasswordCheck(null, banned);
        if (account.Role == Role.Admin) firstAdmin.Forget();
        return check;
    }

    /// <summary>The refusal, if a ban keeps the account out.</summary>
    public Refusal? BanOf(Account account, IPAddress address) =>
        sessionLifecycle.BanOf(Identity.OfAccount(account.Id).Key, account.Role, address) is { } ban ? Refusal.Banned(ban) : null;

    /// <summary>Counts a login.</summary>
    /// <returns>The refusal, if there were too many.</returns>
    public LoginOutcome? Throttle(IPAddress address) =>
        addressLimits.TryLogin(address) is { } wait ? LoginOutcome.Refused(RefusalCode.RateLimited, wait) : null;

    private async Task<LoginOutcome> LoginAsync(UserName name, string password, string? lang, Connection connection)
    {
        var check = await CheckAsync(name, password, connection.Address, connection.Ending);
        return check.Account is { } account
            ? await sessionLifecycle.BeginAsync(account, lang, connection)
            : new LoginOutcome(null, null, check.Refusal);
    }

    private async Task<LoginOutcome> LoginAsGuestAsync(UserName name, string? lang, Connection connection)
    {
        if (sessionLifecycle.BanOf(Ban.SubjectOfGuest(name), Role.Guest, connection.Address) is { } ban) return LoginOutcome.Banned(ban);
        var claim = new object();
        if (!sessionRegistry.TryClaim(name, claim)) return LoginOutcome.Refused(RefusalCode.NameTaken);
        try
        {
            // After the claim, because a registration holds a claim too until its account exists.
            if (await credentials.FindAsync(name, connection.Ending) is not null) return LoginOutcome.Refused(RefusalCode.PasswordRequired);
            if (NewName.RefusalOf(name) is { } code) return LoginOutcome.Refused(code);
            if (await credentials.IsTakenAsync(name, connection.Ending)) return LoginOutcome.Refused(RefusalCode.NameTaken);
            return await sessionLifecycle.BeginAsync(name, claim, lang, connection);
        }
        finally
        {
            sessionRegistry.Unclaim(name, claim); // no effect if the session has replaced the claim
        }
    }
}
