using System.Net;
using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Who may come in, under which name: with a token, with a password, or as a guest.</summary>
internal sealed class Authentication(
    SessionRegistry registry, SessionLifecycle sessions, Credentials accounts, BansAndMutes restrictions, FirstAdmin firstAdmin, AddressLimits addresses, OptionsSource options)
{
    /// <summary>Attaches the connection to a new session or to the token's; the session's token is good, and stored, when this returns.</summary>
    public async Task<LoginOutcome> AdmitAsync(ClientFrame.Login login, Connection connection)
    {
        if (login.Token is { } token)
            return await sessions.ResumeAsync(token, login.Lang, connection) ?? Throttle(connection.Address) ?? LoginOutcome.Refused(RefusalCode.BadToken);
        if (Throttle(connection.Address) is { } throttled) return throttled;
        if (!UserName.TryParse(login.User, out var name)) return LoginOutcome.Refused(RefusalCode.BadName);
        return login.Password is { } password ? await ByPasswordAsync(login.Lang, name, password, connection) : await AsGuestAsync(login.Lang, name, connection);
    }

    /// <summary>Makes an account, and attaches the connection to a session of it.</summary>
    public async Task<LoginOutcome> RegisterAsync(ClientFrame.Register frame, Connection connection)
    {
        if (Throttle(connection.Address) is { } throttled) return throttled;
        if (!UserName.TryParse(frame.User, out var name) || (name.IsReserved && name.Key != FirstAdmin.NameKey)) return LoginOutcome.Refused(RefusalCode.BadName);
        if (restrictions.BanOf("", Role.Guest, connection.Address) is { } ban) return LoginOutcome.Banned(ban);
        var claim = new object();
        if (!registry.TryClaim(name, claim)) return LoginOutcome.Refused(RefusalCode.NameTaken);
        try
        {
            if (await accounts.RegisterAsync(name, frame.Password, frame.Invitation, connection.Ending) is { } refusal) return LoginOutcome.Refused(refusal);
        }
        finally
        {
            registry.Unclaim(name, claim);
        }
        var account = await accounts.FindAsync(name, connection.Ending) ?? throw new InvalidOperationException("The account just made is not there.");
        return await sessions.BeginAsync(account, frame.Lang, connection);
    }

    private async Task<LoginOutcome> ByPasswordAsync(string? lang, UserName name, string password, Connection connection)
    {
        var check = await accounts.CheckAsync(name, password, connection.Address, connection.Ending);
        if (check.Account is not { } account) return new LoginOutcome(null, null, check.Refusal);
        if (restrictions.BanOf(Identity.OfAccount(account.Id).Key, account.Role, connection.Address) is { } ban) return LoginOutcome.Banned(ban);
        if (account.Role == Role.Admin) firstAdmin.Forget();
        return await sessions.BeginAsync(account, lang, connection);
    }

    private async Task<LoginOutcome> AsGuestAsync(string? lang, UserName name, Connection connection)
    {
        if (restrictions.BanOf(Ban.SubjectOfGuest(name), Role.Guest, connection.Address) is { } ban) return LoginOutcome.Banned(ban);
        if (name.IsReserved && name.Key != FirstAdmin.NameKey) return LoginOutcome.Refused(RefusalCode.BadName);
        var claim = new object();
        if (!registry.TryClaim(name, claim)) return LoginOutcome.Refused(RefusalCode.NameTaken);
        try
        {
            // After the claim: who registers the name holds it meanwhile.
            if (await accounts.FindAsync(name, connection.Ending) is not null) return LoginOutcome.Refused(RefusalCode.PasswordRequired);
            return await sessions.BeginAsync(name, claim, lang, connection);
        }
        finally
        {
            registry.Unclaim(name, claim); // unless the session bears it by now
        }
    }

    private LoginOutcome? Throttle(IPAddress address) =>
        addresses.TryLogin(address, options.Current.Limits.LoginsPerMinute) is { } wait ? new LoginOutcome(null, null, new Refusal(RefusalCode.RateLimited, RetryAfter: wait)) : null;
}
