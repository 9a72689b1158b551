using System.Net;

namespace Chat.Daemon.Cluster;

/// <summary>What a node wants of the one that serves.</summary>
/// <param name="Kind">The kind of endpoint that the client has connected to, or <see cref="Farewell"/>.</param>
/// <param name="Client">The client's address; of a farewell, nobody's.</param>
/// <param name="Relay">The run of the relay, by which a farewell finds the clients that it has brought.</param>
internal sealed record LinkRequest(string Kind, IPEndPoint Client, long Relay)
{
    /// <summary>The relay stops: its clients are to be told where to go. No client comes with it.</summary>
    public const string Farewell = "farewell";

    public static IPEndPoint Nobody { get; } = new(IPAddress.Any, 0);
}
