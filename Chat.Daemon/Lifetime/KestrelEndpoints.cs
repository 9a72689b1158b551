using System.Net;
using Chat.Daemon.Cluster;
using Chat.Daemon.Configuration;
using Chat.Daemon.Sessions;
using Chat.Daemon.Transport;
using Chat.Daemon.Transport.Reactors;
using Chat.Daemon.Web;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Lifetime;

/// <summary>The addresses that Kestrel listens on, and what serves their connections.</summary>
/// <param name="sockets">Of a node of a cluster, which listens already.</param>
internal sealed class KestrelEndpoints(
    EndpointOptions listen, TransportOptions transportOptions, TlsCertificate? certificate, NodeSockets? sockets)
{
    private readonly List<(string Scheme, ListenOptions Endpoint)> listening = [];

    /// <summary>With the real ports, once the server has started.</summary>
    public IReadOnlyList<Endpoint> Bound() => [.. listening.Select(l => new Endpoint(l.Scheme, l.Endpoint.IPEndPoint!))];

    public void Configure(IWebHostBuilder host) => host.UseKestrelCore().UseKestrelHttpsConfiguration()
        .ConfigureServices(AddTransports)
        .ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        Limit(kestrel.Limits);
        var connections = kestrel.ApplicationServices.GetRequiredService<ConnectionServer>();
        var proxied = kestrel.ApplicationServices.GetRequiredService<ProxiedConnections>();
        var web = kestrel.ApplicationServices.GetRequiredService<HttpConnections>();
        var hasReactors = transportOptions.HasReactors && listen.Tcp is not null && sockets is null;
        Listen(kestrel, hasReactors ? new ReactorEndPoint(listen.Tcp!) : listen.Tcp, "tcp", endpoint =>
        {
            Proxied(endpoint);
            Frames(endpoint);
        });
        Listen(kestrel, listen.Tls, "tls", endpoint =>
        {
            Proxied(endpoint);
            Encrypt(endpoint);
            Frames(endpoint);
        });
        Listen(kestrel, listen.Http, "http", endpoint =>
        {
            Count(endpoint);
            endpoint.Use(next => connection => HttpConnections.WriteDirectlyAsync(connection, next));
        });
        Listen(kestrel, listen.Https, "https", endpoint =>
        {
            Count(endpoint);
            Encrypt(endpoint);
        });

        void Proxied(ListenOptions endpoint) => endpoint.Use(next => connection => proxied.ServeAsync(connection, next));

        void Frames(ListenOptions endpoint) => endpoint.Run(new TcpEndpoint(connections.ServeAsync).OnConnectedAsync);

        void Count(ListenOptions endpoint)
        {
            endpoint.Protocols = HttpProtocols.Http1; // enough for every browser, and far less to attack than HTTP/2
            endpoint.Use(next => connection => web.ServeAsync(connection, next));
        }
    });

    private void AddTransports(IServiceCollection services)
    {
        services.AddSingleton(_ => new ReactorTransport(transportOptions))
            .AddSingleton<IConnectionListenerFactory>(all => all.GetRequiredService<ReactorTransport>());
        if (sockets is null) return;
        services
            .AddSingleton(all => new NodeTransport(
                sockets, all.GetRequiredService<ReactorTransport>(), transportOptions, all.GetRequiredService<ILoggerFactory>()))
            .AddSingleton<IConnectionListenerFactory>(all => all.GetRequiredService<NodeTransport>());
    }

    /// <summary>No request to the daemon needs more.</summary>
    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxRequestLineSize = 4096;
        limits.MaxRequestHeadersTotalSize = 16_384;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestBodySize = 16_384;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    }

    private void Listen(KestrelServerOptions kestrel, IPEndPoint? address, string scheme, Action<ListenOptions> configure)
    {
        if (address is null) return;
        kestrel.Listen(sockets is null ? address : new NodeEndPoint(scheme, address), endpoint =>
        {
            configure(endpoint);
            listening.Add((scheme, endpoint));
        });
    }

    private void Encrypt(ListenOptions endpoint) => endpoint.UseHttps(new TlsHandshakeCallbackOptions
    {
        OnConnection = _ => ValueTask.FromResult(certificate!.ForHandshake()),
    });
}
