using System.IO.Pipelines;
using System.Net;
using Chat.Daemon.Configuration;
using Chat.Daemon.Transport.Reactors;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Transport;

/// <summary>
/// What comes from a named proxy must begin with the client's address, and counts as the client's from then on. What comes from anywhere
/// else is not looked at: such a header would be a frame that is no JSON.
/// </summary>
internal sealed partial class ProxiedConnections(OptionsSource options, TimeProvider time, ILogger<ProxiedConnections> logger)
{
    /// <summary>A proxy sends the header at once.</summary>
    private static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(5);

    private readonly List<IPNetwork> proxies =
        [.. options.Current.Listen.Proxies.Select(text => ProxyNetwork.TryParse(text, out var network) ? network : default)];

    public bool IsProxy(IPAddress address) => proxies.Exists(network => network.Contains(address));

    /// <summary>Around the whole connection.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var proxy = KestrelLink.AddressOf(connection.RemoteEndPoint);
        if (!IsProxy(proxy) || await TakeHeaderAsync(connection, proxy)) await next(connection);
    }

    private async Task<bool> TakeHeaderAsync(ConnectionContext connection, IPAddress proxy)
    {
        var input = connection is ReactorConnection reactor ? reactor.Input : connection.Transport.Input;
        using var late = new CancellationTokenSource(HeaderTime, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(late.Token, KestrelLink.StoppingOf(connection.Features));
        try
        {
            if (await ReadAsync(input, over.Token) is not { } header) return false; // such as a check of the port
            if (header.Client is not null) connection.RemoteEndPoint = header.Client;
            return true;
        }
        catch (FramingException e)
        {
            LogRefused(proxy, e.Message);
        }
        catch (OperationCanceledException)
        {
            if (late.IsCancellationRequested) LogRefused(proxy, "nothing");
        }
        catch (IOException)
        {
            // It is gone.
        }
        connection.Abort();
        return false;
    }

    /// <returns>Null if the connection ends without a byte.</returns>
    private static async Task<ProxyHeader?> ReadAsync(PipeReader input, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            var rest = read.Buffer;
            var header = ProxyHeader.Read(ref rest);
            if (header is not null)
            {
                input.AdvanceTo(rest.Start);
                return header;
            }
            var isEmpty = read.Buffer.IsEmpty;
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (!read.IsCompleted) continue;
            return isEmpty ? null : throw new FramingException("the end of the connection");
        }
    }

    [LoggerMessage(EventId = 40, EventName = "ProxyHeaderWrong", Level = LogLevel.Warning,
        Message = "Refused a connection from {Proxy}, which Chat:Listen:Proxies names: instead of a PROXY header came {Found}")]
    private partial void LogRefused(IPAddress proxy, string found);
}
