using System.Net.Security;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>How a client connects, and where its patience and its memory end.</summary>
public sealed record ChatClientOptions
{
    /// <summary>Name or address of the daemon; default 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port; default 5050.</summary>
    public int Port { get; init; } = 5050;

    /// <summary>Whether the connection begins with TLS; default no.</summary>
    public bool Tls { get; init; }

    /// <summary>Judges the daemon's certificate; default null, the operating system's trust for <see cref="Host"/>.</summary>
    public RemoteCertificateValidationCallback? CertificateCheck { get; init; }

    /// <summary>What the client calls itself at login; default Chat.Client.</summary>
    public string Program { get; init; } = "Chat.Client";

    /// <summary>Language of the daemon's texts, <c>pt-BR</c> or <c>en</c>; default null, the daemon's own.</summary>
    public string? Language { get; init; }

    /// <summary>Longest wait for a connection with its <c>hello</c>, and for the answer to a login; default 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>First wait before reconnecting; it doubles with each failure, and a random half is taken off; default 250 ms.</summary>
    public TimeSpan BackOffFirst { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait between two attempts to reconnect; default 30 s.</summary>
    public TimeSpan BackOffLongest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A session without a connection for so long is given up; default null, never.</summary>
    public TimeSpan? GiveUpAfter { get; init; }

    /// <summary>Silence after which the daemon is pinged; after as much again the connection counts as lost; default 30 s.</summary>
    public TimeSpan PingAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Events that wait for a slow reader before the socket is no longer read; default 1,024.</summary>
    public int EventCapacity { get; init; } = 1_024;

    /// <summary>Messages of one conversation on their way to the daemon at once, 1 to 1,000; default 40, the burst that a daemon takes by default.</summary>
    public int Window { get; init; } = 40;

    /// <summary>Messages of one conversation that may be without an echo, those that wait for the window included, 1 to 1,000; default 1,000. Who sends more waits.</summary>
    public int Unacknowledged { get; init; } = ProtocolLimits.RememberedIds;

    /// <summary>How often a message refused with <c>rate_limited</c> or <c>unavailable</c> is sent again before its sender is told; default 20.</summary>
    public int Retries { get; init; } = 20;

    /// <summary>Messages of a page when catching up, 1 to 500; default 200.</summary>
    public int PageSize { get; init; } = 200;

    /// <summary>The clock of every wait; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
