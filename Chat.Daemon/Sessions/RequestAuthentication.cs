using System.Net;
using Chat.Daemon.Accounts;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Whose account an HTTP request is made with: by the page's cookie, or by the token of a session. Begins no session.</summary>
internal sealed class RequestAuthentication(
    Authentication authentication, SessionRegistry sessionRegistry, SessionStore sessionStore, PageLoginStore pageLoginStore,
    Credentials credentials)
{
    /// <returns>The account, or a refusal.</returns>
    public async Task<(Account? Account, Refusal? Refusal)> OfCookieAsync(string cookie, IPAddress address, CancellationToken cancellation)
    {
        var login = await pageLoginStore.FindAsync(SessionDirectory.HashOf(cookie), cancellation);
        return await CheckAsync(login?.Account, address, cancellation);
    }

    /// <inheritdoc cref="OfCookieAsync"/>
    /// <remarks>A guest's session has no account.</remarks>
    public async Task<(Account? Account, Refusal? Refusal)> OfTokenAsync(string token, IPAddress address, CancellationToken cancellation)
    {
        var hash = SessionDirectory.HashOf(token);
        if (sessionRegistry.Find(hash) is { } live) return await CheckAsync(live.Account, address, cancellation);
        return await CheckAsync((await sessionStore.FindAsync(hash, cancellation))?.Account, address, cancellation);
    }

    /// <param name="number">Null if there is no account. Then it counts as a login, as on the line protocol.</param>
    private async Task<(Account?, Refusal?)> CheckAsync(long? number, IPAddress address, CancellationToken cancellation)
    {
        if (number is not { } known || await credentials.FindAsync(known, cancellation) is not { } account)
            return (null, authentication.Throttle(address)?.Refusal ?? new Refusal(RefusalCode.BadToken));
        return authentication.BanOf(account, address) is { } banned ? (null, banned) : (account, null);
    }
}
