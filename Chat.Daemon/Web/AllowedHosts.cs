using Chat.Daemon.Configuration;
using Microsoft.AspNetCore.Http;

namespace Chat.Daemon.Web;

/// <summary>
/// Refuses requests for other hosts, or from pages of other hosts, than the operator has named. A page that makes its own name point to
/// this machine reaches nothing, and neither does one that sends its visitor's browser here.
/// </summary>
internal sealed class AllowedHosts(OptionsSource options)
{
    private const string Allow = "Chat:Http:Hosts says which the daemon accepts.";

    /// <summary>Before each request.</summary>
    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!HostName.TryParse(request.Host.Value ?? "", out var host) || !IsAllowed(host, request.Scheme))
            return RefuseAsync(context, $"The Host of this request is not allowed. {Allow}");
        var origins = request.Headers.Origin;
        if (origins.Count > 0 && !(PageOrigin.TryParse(origins.ToString(), out var origin) && IsAllowed(origin.Host, origin.Scheme)))
            return RefuseAsync(context, $"Pages of the Origin of this request are not allowed. {Allow}");
        return next(context);
    }

    private bool IsAllowed(HostName host, string scheme)
    {
        var port = PageOrigin.PortOf(scheme);
        foreach (var entry in options.Current.Http.Hosts)
            if (HostName.TryParse(entry, out var allowed) && allowed.Covers(host, port)) return true;
        return false;
    }

    private static Task RefuseAsync(HttpContext context, string sentence) =>
        PlainAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, sentence);
}
