using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Web;

internal static class WebRegistration
{
    public static IServiceCollection AddWeb(this IServiceCollection services) => services
        .AddSingleton<TrustedProxies>()
        .AddSingleton<HttpConnections>()
        .AddSingleton<AllowedHosts>()
        .AddSingleton<SessionEndpoint>()
        .AddSingleton<RouteAccess>()
        .AddSingleton<RouteEndpoint>()
        .AddSingleton<WebSocketEndpoint>();

    /// <summary>The request pipeline: identify the caller, charge for the request, check its host and origin, answer it.</summary>
    public static void UseWeb(this WebApplication app)
    {
        app.Services.GetRequiredService<TrustedProxies>().Use(app);
        app.Use(app.Services.GetRequiredService<HttpConnections>().PayAsync);
        app.Use(app.Services.GetRequiredService<AllowedHosts>().CheckAsync);
        app.UseRouting();
        app.MapStatusPages();
        app.MapPage();
        app.MapMethods(
            SessionEndpoint.Path, [HttpMethods.Post], (RequestDelegate)app.Services.GetRequiredService<SessionEndpoint>().BeginAsync);
        app.Map(RouteEndpoint.Pattern, (RequestDelegate)app.Services.GetRequiredService<RouteEndpoint>().ServeAsync);
        app.MapMethods(
            WebSocketEndpoint.Path, [HttpMethods.Get], (RequestDelegate)app.Services.GetRequiredService<WebSocketEndpoint>().ServeAsync);
    }
}
