using System.Globalization;
using Chat.Daemon.Configuration;
using Microsoft.AspNetCore.Http;

namespace Chat.Daemon.Web;

/// <summary>The cookie that stands for a login of the page. No script can read it, and no other site can send it.</summary>
internal static class PageCookie
{
    private const string Name = "chat";

    /// <summary>The longest that browsers keep one. The daemon ends the login after 30 days without use.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(400);

    public static string? Read(HttpRequest request) =>
        request.Cookies[NameFor(request)] is { Length: > 0 } value ? value : null;

    public static void Set(HttpContext context, string value) =>
        context.Response.Cookies.Append(NameFor(context.Request), value, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = !IsPlainLoopback(context.Request),
            Path = "/",
            MaxAge = Life,
        });

    /// <summary>
    /// A browser takes a cookie with the prefix only over TLS, from this host alone. On loopback without TLS the port tells daemons apart:
    /// cookies do not.
    /// </summary>
    private static string NameFor(HttpRequest request) => IsPlainLoopback(request)
        ? string.Create(CultureInfo.InvariantCulture, $"{Name}-{request.Host.Port ?? PageOrigin.PortOf("http")}")
        : $"__Host-{Name}";

    private static bool IsPlainLoopback(HttpRequest request) =>
        request.Scheme == "http" && HostName.TryParse(request.Host.Value ?? "", out var host)
        && host.Name is "localhost" or "127.0.0.1" or "[::1]";
}
