using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PageBench;

/// <summary>One field, drawn by a script of one line beside a style sheet of one line: what Chromium takes for any page.</summary>
internal sealed class SmallestPage : IAsyncDisposable
{
    private readonly WebApplication app;

    private SmallestPage(WebApplication app) => this.app = app;

    public int Port => new Uri(app.Urls.First()).Port;

    public static async Task<SmallestPage> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        Serve(app, "/", "text/html", """
            <!doctype html>
            <html lang="en">
            <head><title>Page</title><link rel="stylesheet" href="/style.css"><script type="module" src="/app.js"></script></head>
            <body></body>
            </html>
            """);
        Serve(app, "/style.css", "text/css", "input { color: blue; }");
        Serve(app, "/app.js", "text/javascript", "document.body.append(document.createElement('input'));");
        await app.StartAsync();
        return new(app);
    }

    private static void Serve(WebApplication app, string path, string type, string content) => app.MapMethods(
        path, [HttpMethods.Get], (RequestDelegate)(context =>
        {
            context.Response.ContentType = type;
            return context.Response.WriteAsync(content, context.RequestAborted);
        }));

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
