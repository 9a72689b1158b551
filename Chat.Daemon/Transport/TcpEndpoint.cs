using Chat.Daemon.Transport.Reactors;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Chat.Daemon.Transport;

/// <summary>Receives connections of the line protocol from Kestrel, and serves each until it is closed.</summary>
/// <param name="serve">Serves one connection to its end.</param>
internal sealed class TcpEndpoint(Func<Link, CancellationToken, Task> serve) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext context)
    {
        if (context is ReactorConnection connection)
        {
            await serve(KestrelLink.Of(connection), KestrelLink.StoppingOf(context.Features));
            return;
        }
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket) KeepAlive.Watch(socket);
        var link = KestrelLink.Of(context.Features, KestrelLink.AddressOf(context.RemoteEndPoint), new LineFraming());
        await serve(link, KestrelLink.StoppingOf(context.Features));
    }
}
