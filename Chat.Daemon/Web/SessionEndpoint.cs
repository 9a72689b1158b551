using System.Buffers;
using System.Text.Json;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Sessions;
using Chat.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Daemon.Web;

/// <summary><c>POST /session</c>: a name and a password for a cookie, so that no script of the page ever has a session's key.</summary>
internal sealed class SessionEndpoint(PageAuthentication authentication, OptionsSource options, SecurityLog security)
{
    public const string Path = "/session";

    public async Task BeginAsync(HttpContext context)
    {
        if (!PageOrigin.IsSame(context.Request))
        {
            await PlainAnswer.WriteAsync(
                context, StatusCodes.Status403Forbidden, "Only the daemon's own page may log in here: Origin must be this address.");
            return;
        }
        var request = await ReadAsync(context);
        var texts = SessionTexts.For(request?.Lang, options.Current.Language);
        var (cookie, refusal) = await LoginAsync(request, context);
        if (cookie is not null)
        {
            PageCookie.Set(context, cookie);
            context.Response.Headers.CacheControl = "no-store";
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        security.LoginRefused(refusal!.Code, CallerOf(context).Address, request?.User ?? "");
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        var answer = new ArrayBufferWriter<byte>();
        FrameWriter.Write(answer, refusal.ToFrame(null, texts));
        await PlainAnswer.WriteJsonAsync(context, answer.WrittenMemory);
    }

    private async Task<(string? Cookie, Refusal? Refusal)> LoginAsync(Request? request, HttpContext context)
    {
        if (request is not { User: { } user, Password: { } password }) return (null, new Refusal(RefusalCode.BadFrame));
        try
        {
            return await authentication.BeginAsync(
                user, password, PageCookie.Read(context.Request), CallerOf(context).Address, context.RequestAborted);
        }
        catch (Exception e) when (Refusal.OfStorage(e) is Refusal refused)
        {
            return (null, refused);
        }
    }

    private static HttpCaller CallerOf(HttpContext context) => context.Features.GetRequiredFeature<HttpCaller>();

    /// <returns>Null if it is not JSON of that form.</returns>
    private static async Task<Request?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<Request>(context.Request.Body, JsonSerializerOptions.Web, context.RequestAborted);
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }

    private sealed record Request(string? User, string? Password, string? Lang)
    {
        /// <summary>Without the password.</summary>
        public override string ToString() => $"Request {{ User = {User} }}";
    }
}
