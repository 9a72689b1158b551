using System.Net;

namespace Chat.Daemon.Configuration;

/// <summary>Where the daemon listens; null is off.</summary>
internal sealed class EndpointOptions(SettingReader read)
{
    public IPEndPoint? Tcp { get; } = read.Address("Chat:Listen:Tcp", "127.0.0.1:5050",
        "Clients over plain TCP (--listen). Loopback, because passwords would cross the network in the clear.");

    public IPEndPoint? Tls { get; } = read.Address("Chat:Listen:Tls", "off",
        "Clients over TCP with TLS. Needs Chat:Tls:Certificate.");

    public IPEndPoint? Http { get; } = read.Address("Chat:Listen:Http", "127.0.0.1:5080",
        "/health and /metrics (--http). Loopback: a proxy before it speaks TLS, or Chat:Listen:Https does.");

    public IPEndPoint? Https { get; } = read.Address("Chat:Listen:Https", "off",
        "The same with TLS. Needs Chat:Tls:Certificate.");

    public bool AllowPlaintext { get; } = read.Switch("Chat:Listen:AllowPlaintext", false,
        "Lets Chat:Listen:Tcp and Chat:Listen:Http be more than loopback. Only where the network itself is trusted or encrypted.", Takes.AtStart);

    /// <summary>Each endpoint that is on, with the key that says where.</summary>
    public IEnumerable<(string Key, IPEndPoint Address)> All =>
        new (string Key, IPEndPoint? Address)[] { ("Chat:Listen:Tcp", Tcp), ("Chat:Listen:Tls", Tls), ("Chat:Listen:Http", Http), ("Chat:Listen:Https", Https) }
            .Where(endpoint => endpoint.Address is not null).Select(endpoint => (endpoint.Key, endpoint.Address!));
}
