using System.Net;
using System.Net.Security;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>How a client connects, retries and buffers.</summary>
public sealed record ChatClientOptions
{
    /// <summary>Host name or address of the daemon; default 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port; default 5050.</summary>
    public int Port { get; init; } = 5050;

    /// <summary>
    /// Where else the same chat may be reached, such as the other nodes of a cluster; default none. After a failure the client goes to the
    /// next address, and from the last to the first.
    /// </summary>
    public IReadOnlyList<DnsEndPoint> OtherAddresses { get; init; } = [];

    /// <summary>Whether to use TLS; default false.</summary>
    public bool Tls { get; init; }

    /// <summary>Validates the daemon's certificate; default null, which trusts the operating system's authorities.</summary>
    public RemoteCertificateValidationCallback? CertificateCheck { get; init; }

    /// <summary>Name of the program, sent at login; default Chat.Client.</summary>
    public string Program { get; init; } = "Chat.Client";

    /// <summary>Language of the daemon's texts, <c>pt-BR</c> or <c>en</c>; default null, the daemon's default language.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// Timeout for connecting, and for the answer to a login; default 15 s. With several addresses, at most 5 s for connecting to one.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Delay before the first attempt to reconnect; default 250 ms. Doubles each time all addresses have failed, with random jitter.
    /// </summary>
    public TimeSpan ReconnectDelayFirst { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest delay between two attempts to reconnect; default 30 s.</summary>
    public TimeSpan ReconnectDelayLongest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to keep trying to reconnect before the session ends; default null, forever.</summary>
    public TimeSpan? GiveUpAfter { get; init; }

    /// <summary>Silence before the client pings; after as much silence again, the connection counts as lost. Default 30 s.</summary>
    public TimeSpan PingAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Unread events before the client stops reading the socket; default 1,024.</summary>
    public int EventCapacity { get; init; } = 1_024;

    /// <summary>Messages of a conversation in flight at once, 1 to 1,000; default 40, the daemon's default burst.</summary>
    public int Window { get; init; } = 40;

    /// <summary>
    /// Messages of a conversation without an echo, in flight or queued, 1 to 1,000; default 1,000. Sending more waits.
    /// </summary>
    public int Unacknowledged { get; init; } = ProtocolLimits.RememberedIds;

    /// <summary>
    /// Retries of a message refused with <c>unavailable</c>, or because the connection writes too fast; default 20. A room's slow mode
    /// is waited out, however long it takes.
    /// </summary>
    public int Retries { get; init; } = 20;

    /// <summary>Messages per page when catching up, 1 to 500; default 200.</summary>
    public int PageSize { get; init; } = 200;

    /// <summary>Clock for all waits; default the system clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Opens the connection in place of a TCP socket; null for a socket.</summary>
    internal Func<CancellationToken, Task<Stream>>? Dial { get; init; }
}
