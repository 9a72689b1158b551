using Chat.Daemon.Accounts;
using Chat.Daemon.Sessions;
using Chat.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Daemon.Web;

/// <summary>Who may call a plugin's route. Decided before any code of the plugin runs.</summary>
internal sealed class RouteAccess(RequestAuthentication authentication)
{
    private const string Bearer = "Bearer ";

    /// <summary>
    /// A route that guests may call is open to anyone, and nobody's login is looked at. Any other needs one: a session's token, or the
    /// cookie of a request that the page makes or that its user types.
    /// </summary>
    /// <returns>The user, if the route needs one; or a refusal.</returns>
    public async Task<(User? User, Refusal? Refusal)> CheckAsync(
        HttpContext context, PermissionTable permissions, string permission)
    {
        if (permissions.Allows(Role.Guest, permission)) return (null, null);
        try
        {
            var (account, refusal) = await AccountOfAsync(context);
            if (account is null) return (null, refusal);
            return permissions.Allows(account.Role, permission)
                ? (new User(Identity.OfAccount(account.Id).Key, account.Name.Text, account.Role), null)
                : (null, new Refusal(RefusalCode.Forbidden));
        }
        catch (Exception e) when (Refusal.OfStorage(e) is Refusal refused)
        {
            return (null, refused);
        }
    }

    /// <summary>The token of a header, if it has one.</summary>
    public static string? TokenIn(string authorization) =>
        authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;

    private async Task<(Account? Account, Refusal? Refusal)> AccountOfAsync(HttpContext context)
    {
        var (request, address) = (context.Request, context.Features.GetRequiredFeature<HttpCaller>().Address);
        if (TokenIn(request.Headers.Authorization.ToString()) is { } token)
            return await authentication.OfTokenAsync(token, address, context.RequestAborted);
        return PageCookie.Read(request) is { } cookie && IsOwn(request)
            ? await authentication.OfCookieAsync(cookie, address, context.RequestAborted)
            : (null, new Refusal(RefusalCode.NotLoggedIn));
    }

    /// <summary>
    /// Whether no other page makes the request: not one of the same site at another port, and not a plugin's, which has an origin of its
    /// own.
    /// </summary>
    private static bool IsOwn(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return PageOrigin.IsSame(request);
        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "none" or "same-origin";
    }
}
