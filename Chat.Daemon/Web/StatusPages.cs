using System.Net.Mime;
using Chat.Daemon.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Web;

/// <summary><c>/health</c> for service managers and load balancers, <c>/metrics</c> for Prometheus.</summary>
internal static class StatusPages
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapStatusPages(this IEndpointRouteBuilder routes)
    {
        var health = routes.ServiceProvider.GetRequiredService<DaemonHealth>();
        var metrics = routes.ServiceProvider.GetRequiredService<PrometheusText>();
        routes.MapMethods("/health", Methods, (RequestDelegate)(context =>
        {
            var status = health.Status;
            context.Response.StatusCode = status == DaemonHealth.Ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            var warnings = string.Join(',', health.Warnings.Select(warning => $"\"{warning}\""));
            var also = warnings.Length == 0 ? "" : $",\"warnings\":[{warnings}]";
            return WriteAsync(context, MediaTypeNames.Application.Json, $$"""{"status":"{{status}}"{{also}}}""");
        }));
        routes.MapMethods("/metrics", Methods, (RequestDelegate)(context =>
            WriteAsync(context, "text/plain; version=0.0.4; charset=utf-8", metrics.Write())));
    }

    private static Task WriteAsync(HttpContext context, string type, string content)
    {
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync(content, context.RequestAborted);
    }
}
