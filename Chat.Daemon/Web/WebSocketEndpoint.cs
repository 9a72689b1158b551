using Chat.Daemon.Sessions;
using Chat.Daemon.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Daemon.Web;

/// <summary><c>/ws</c>: the chat's protocol over WebSocket.</summary>
internal sealed class WebSocketEndpoint(HttpConnections web, ConnectionServer connections)
{
    public const string Path = "/ws";

    /// <summary>Returns when the connection is closed.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        if (WebSocketHandshake.Check(context, out var status, out var sentence) is not { } upgrade)
        {
            if (status == StatusCodes.Status426UpgradeRequired) WebSocketHandshake.AskForVersion(context);
            await PlainAnswer.WriteAsync(context, status, sentence);
            return;
        }
        WebSocketHandshake.Accept(context);
        await upgrade.UpgradeAsync(); // its stream is of no use: the frames go through the connection's own transport
        var caller = context.Features.GetRequiredFeature<HttpCaller>();
        var link = KestrelLink.Of(context.Features, caller.Address, new WebSocketFraming()) with
        {
            Browser = new Browser(PageOrigin.IsSame(context.Request), PageCookie.Read(context.Request)),
        };
        await web.CountAsync(caller, isWithinLimits =>
            connections.ServeAsync(link, caller.Usage, isWithinLimits, KestrelLink.StoppingOf(context.Features)));
    }
}
