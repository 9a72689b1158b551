using System.Collections.Immutable;

namespace Chat.Daemon.Configuration;

/// <summary>Which HTTP requests the daemon answers.</summary>
internal sealed class HttpOptions(SettingReader read)
{
    public ImmutableArray<string> Hosts { get; } = read.List("Chat:Http:Hosts", ["localhost", "127.0.0.1", "[::1]"],
        "Host names and addresses under which browsers and other programs reach the daemon over HTTP: NAME for any port, NAME:PORT "
        + "for one. Requests with another Host or Origin are refused, so that a foreign web page cannot reach the daemon through its "
        + "visitor's browser. Health checks and Prometheus need the name they use, too.");

    public ImmutableArray<string> TrustedProxies { get; } = read.List("Chat:Http:TrustedProxies", [],
        "Addresses and networks (10.0.0.0/8) of reverse proxies. Of their requests, and only of theirs, the daemon takes the client's "
        + "address from X-Forwarded-For and the scheme from X-Forwarded-Proto.",
        TakesEffect.AtStart);
}
