using System.Net;

namespace Chat.Daemon.Web;

/// <summary>The client behind a connection or, if a proxy forwards it, behind one request. Kept as a feature of either.</summary>
/// <param name="IsForwarded">Whether a trusted proxy has named it, to which the connection belongs.</param>
internal sealed record HttpCaller(IPAddress Address, AddressUsage Usage, bool IsForwarded)
{
    /// <summary>Whether its connection is one too many, and is only there to be told so.</summary>
    public bool IsAboveLimits { get; init; }
}
