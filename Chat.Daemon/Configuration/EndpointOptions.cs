using System.Collections.Immutable;
using System.Net;

namespace Chat.Daemon.Configuration;

/// <summary>Where the daemon listens; null if off.</summary>
internal sealed class EndpointOptions(SettingReader read)
{
    public IPEndPoint? Tcp { get; } = read.Address("Chat:Listen:Tcp", "127.0.0.1:5050",
        "Address for clients over plain TCP (--listen). Loopback by default, because passwords would cross the network unencrypted.");

    public IPEndPoint? Tls { get; } = read.Address("Chat:Listen:Tls", "off",
        "Address for clients over TLS. Needs Chat:Tls:Certificate.");

    public IPEndPoint? Http { get; } = read.Address("Chat:Listen:Http", "127.0.0.1:5080",
        "Address of WebSocket (/ws), /health and /metrics (--http). Loopback by default: use a proxy with TLS, or Chat:Listen:Https.");

    public IPEndPoint? Https { get; } = read.Address("Chat:Listen:Https", "off",
        "Address of WebSocket (/ws), /health and /metrics over TLS. Needs Chat:Tls:Certificate.");

    public bool AllowPlaintext { get; } = read.Boolean("Chat:Listen:AllowPlaintext", false,
        "Allows addresses other than loopback in Chat:Listen:Tcp and Chat:Listen:Http. Use it only if the network is trusted or "
        + "encrypted.", TakesEffect.AtStart);

    public ImmutableArray<string> Proxies { get; } = read.List("Chat:Listen:Proxies", [],
        "Addresses and networks (10.0.0.0/8) of proxies in front of Chat:Listen:Tcp and Chat:Listen:Tls, such as HAProxy with "
        + "send-proxy-v2. Each of their connections must begin with a PROXY protocol header of version 2, which names the client. "
        + "Proxies for HTTP are in Chat:Http:TrustedProxies.",
        TakesEffect.AtStart);

    /// <summary>Each endpoint that is on, with its setting's key.</summary>
    public IEnumerable<(string Key, IPEndPoint Address)> All =>
        new (string Key, IPEndPoint? Address)[]
            {
                ("Chat:Listen:Tcp", Tcp), ("Chat:Listen:Tls", Tls), ("Chat:Listen:Http", Http), ("Chat:Listen:Https", Https),
            }
            .Where(endpoint => endpoint.Address is not null).Select(endpoint => (endpoint.Key, endpoint.Address!));
}
