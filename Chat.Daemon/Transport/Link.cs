using System.IO.Pipelines;
using System.Net;

namespace Chat.Daemon.Transport;

/// <summary>What a transport hands over for one connection.</summary>
/// <param name="ShutdownSend">Tells the client that nothing more follows. Reading goes on.</param>
/// <param name="Abort">Closes at once, for a client that does not read.</param>
/// <param name="IsClientGone">Whether the client is known to be gone.</param>
/// <param name="InputEnded">Cancelled when the client has closed its sending side, or the connection is lost. Earlier input may still
/// wait.</param>
internal sealed record Link(
    string Id,
    IPAddress Address,
    PipeReader Input,
    IOutput Output,
    Func<Task> ShutdownSend,
    Action Abort,
    Func<bool> IsClientGone,
    CancellationToken InputEnded)
{
    public required IFraming Framing { get; init; }

    /// <summary>The drain list of the thread that sends to it; null to use the shared one.</summary>
    public DrainList? DrainList { get; init; }

    /// <summary>The browser that it comes from, or what claims to be one; null where there is no HTTP.</summary>
    public Browser? Browser { get; init; }

    /// <summary>Cancelled when the node that relays it is about to stop. Never, if none does.</summary>
    public CancellationToken RelayLeaving { get; init; }
}
