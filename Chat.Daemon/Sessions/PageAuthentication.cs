using System.Net;
using System.Security.Cryptography;
using System.Text;
using Chat.Daemon.Accounts;
using Chat.Daemon.Storage.Stores;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>
/// Logins of the page: a password over HTTP brings a cookie, which no script can read. The cookie and the name that a tab keeps are
/// together what a token is: each tab has a session of its own, and all of them end with the login.
/// </summary>
internal sealed class PageAuthentication(
    Authentication authentication,
    Credentials credentials,
    SessionLifecycle sessionLifecycle,
    SessionDirectory sessionDirectory,
    PageLoginStore pageLoginStore)
{
    private const int LongestTab = 64;

    /// <summary>Begins a login. One that the browser has is ended, or kept if it is of the same account.</summary>
    /// <param name="old">The cookie that the browser has.</param>
    /// <returns>The new cookie, or a refusal.</returns>
    public async Task<(string? Cookie, Refusal? Refusal)> BeginAsync(
        string user, string password, string? old, IPAddress address, CancellationToken cancellation)
    {
        if (authentication.Throttle(address) is { } throttled) return (null, throttled.Refusal);
        if (!UserName.TryParse(user, out var name)) return (null, new Refusal(RefusalCode.BadName));
        var check = await authentication.CheckAsync(name, password, address, cancellation);
        if (check.Account is not { } account) return (null, check.Refusal);
        if (old is not null && await pageLoginStore.FindAsync(SessionDirectory.HashOf(old), cancellation) is { } known)
        {
            if (known.Account == account.Id) return (old, null);
            await EndAsync(known);
        }
        var cookie = SessionDirectory.NewToken();
        var hash = SessionDirectory.HashOf(cookie);
        await pageLoginStore.AddAsync(hash, account.Id);
        // A new password ends the pageLoginStore that are stored: it has not seen this one if it was set during the check.
        var now = await credentials.FindAsync(account.Id, CancellationToken.None);
        if (now?.Password == account.Password) return (cookie, null);
        if (await pageLoginStore.FindAsync(hash, CancellationToken.None) is { } added) await EndAsync(added);
        return (null, new Refusal(RefusalCode.WrongPassword));
    }

    /// <summary>Attaches the connection to the tab's session of the cookie's login, or begins it.</summary>
    /// <param name="login">With a cookie's name of a tab.</param>
    public async Task<LoginOutcome> LoginAsync(ClientFrame.Login login, Connection connection)
    {
        if (connection.Browser is not { } browser || login.Cookie is not { Length: > 0 and <= LongestTab } tab)
            return LoginOutcome.Refused(RefusalCode.BadArguments);
        if (!browser.IsSameOrigin) return LoginOutcome.Refused(RefusalCode.Forbidden);
        if (browser.Cookie is not { } cookie
            || await pageLoginStore.FindAsync(SessionDirectory.HashOf(cookie), connection.Ending) is not { } known
            || await credentials.FindAsync(known.Account, connection.Ending) is not { } account)
        {
            return authentication.Throttle(connection.Address) ?? LoginOutcome.Refused(RefusalCode.BadToken);
        }
        // Not the hash of any text that could be sent as a token.
        var tokenHash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(cookie), Encoding.UTF8.GetBytes(tab));
        return await sessionLifecycle.ResumeAsync(tokenHash, token: null, login.Lang, connection)
            ?? authentication.Throttle(connection.Address)
            ?? await sessionLifecycle.BeginAsync(account, known, tokenHash, login.Lang, connection);
    }

    private async Task EndAsync(PageLogin login)
    {
        await pageLoginStore.EndAsync(login.Id);
        sessionDirectory.EndLive(login.Id);
    }
}
