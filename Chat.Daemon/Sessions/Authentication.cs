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
            return await sessionLifecycle.ResumeAsync(token, login.Lang, connection) ?? Throttle(connection)
                ?? LoginOutcome.Refused(RefusalCode.BadToken);
        }

        if (Throttle(connection) is { } throttled) return throttled;
        if (!UserName.TryParse(login.User, out var name)) return LoginOutcome.Refused(RefusalCode.BadName);
        return login.Password is { } password
            ? await LoginAsync(name, password, login.Lang, connection)
            : await LoginAsGuestAsync(name, login.Lang, connection);
    }

    /// <summary>Creates an account, and attaches the connection to a session of it.</summary>
    /// <param name="texts">In the client's language.</param>
    public async Task<LoginOutcome> RegisterAsync(ClientFrame.Register frame, SessionTexts texts, Connection connection)
    {
        if (Throttle(connection) is { } throttled) return throttled;
        if (!UserName.TryParse(frame.User, out var name)) return LoginOutcome.Refused(RefusalCode.BadName);
        if (NewName.RefusalOf(name) is { } code) return LoginOutcome.Refused(code);
        if (sessionLifecycle.BanOf("", Role.Guest, connection) is { } ban) return LoginOutcome.Banned(ban);
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

    private async Task<LoginOutcome> LoginAsync(UserName name, string password, string? lang, Connection connection)
    {
        var check = await credentials.CheckAsync(name, password, connection.Address, connection.Ending);
        if (check.Account is not { } account) return new LoginOutcome(null, null, check.Refusal);
        if (sessionLifecycle.BanOf(Identity.OfAccount(account.Id).Key, account.Role, connection) is { } ban)
            return LoginOutcome.Banned(ban);
        if (account.Role == Role.Admin) firstAdmin.Forget();
        return await sessionLifecycle.BeginAsync(account, lang, connection);
    }

    private async Task<LoginOutcome> LoginAsGuestAsync(UserName name, string? lang, Connection connection)
    {
        if (sessionLifecycle.BanOf(Ban.SubjectOfGuest(name), Role.Guest, connection) is { } ban) return LoginOutcome.Banned(ban);
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

    private LoginOutcome? Throttle(Connection connection) =>
        addressLimits.TryLogin(connection.Address) is { } wait ? LoginOutcome.Refused(RefusalCode.RateLimited, wait) : null;
}
