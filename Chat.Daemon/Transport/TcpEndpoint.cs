using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Chat.Daemon.Transport;

/// <summary>Receives sockets of the line protocol from Kestrel, and serves each until it is closed.</summary>
/// <param name="serve">Serves one connection to its end.</param>
internal sealed class TcpEndpoint(Func<Link, CancellationToken, Task> serve) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket) KeepAlive.Watch(socket);
        var link = KestrelLink.Of(context.Features, KestrelLink.AddressOf(context.RemoteEndPoint), new LineFraming());
        await serve(link, KestrelLink.StoppingOf(context.Features));
    }
}
