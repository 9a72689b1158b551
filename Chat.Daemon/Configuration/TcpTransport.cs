namespace Chat.Daemon.Configuration;

/// <summary>The transport of plain TCP.</summary>
internal enum TcpTransport
{
    /// <summary>Threads that each serve many connections.</summary>
    Reactors,

    /// <summary>Kestrel's own sockets, on the thread pool.</summary>
    Kestrel,
}
