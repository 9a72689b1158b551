using System.Net;

namespace Chat.Daemon.Lifetime;

/// <summary>An address that the daemon listens on, and the protocol there: <c>tcp</c>, <c>tls</c>, <c>http</c> or <c>https</c>.</summary>
internal sealed record Endpoint(string Scheme, IPEndPoint Address)
{
    public override string ToString() => $"{Scheme}://{Address}";
}
