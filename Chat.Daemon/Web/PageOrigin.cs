using Chat.Daemon.Configuration;
using Microsoft.AspNetCore.Http;

namespace Chat.Daemon.Web;

/// <summary>Where a page comes from, as a browser says it in <c>Origin</c>.</summary>
internal readonly record struct PageOrigin(string Scheme, HostName Host)
{
    /// <summary>Pages without an origin of their own, <c>null</c>, have none that can be parsed.</summary>
    public static bool TryParse(string text, out PageOrigin origin)
    {
        origin = default;
        var end = text.IndexOf("://", StringComparison.Ordinal);
        if (end < 0) return false;
        var scheme = text[..end].ToLowerInvariant();
        if (scheme is not ("http" or "https")) return false;
        if (!HostName.TryParse(text[(end + 3)..], out var host)) return false;
        origin = new PageOrigin(scheme, host);
        return true;
    }

    /// <summary>Whether the request comes from a page of this daemon, by scheme, host and port.</summary>
    public static bool IsSame(HttpRequest request)
    {
        if (!TryParse(request.Headers.Origin.ToString(), out var origin)) return false;
        if (origin.Scheme != request.Scheme || !HostName.TryParse(request.Host.Value ?? "", out var host)) return false;
        var port = PortOf(origin.Scheme);
        return origin.Host.Name == host.Name && (origin.Host.Port ?? port) == (host.Port ?? port);
    }

    public static int PortOf(string scheme) => scheme == "https" ? 443 : 80;
}
