using Chat.Client.Programs;

namespace Chat.LoadTest.CommandLine;

/// <summary>The parsed command line.</summary>
/// <param name="Connect">The daemon to test; null starts a temporary one.</param>
/// <param name="Tls">Whether to connect with TLS.</param>
/// <param name="Ca">PEM file of the authorities to trust; null trusts those of the operating system.</param>
/// <param name="Warmup">Seconds of sending before measuring starts.</param>
/// <param name="Seconds">Seconds of sending that are measured.</param>
/// <param name="Rate">Messages per second from each user; 0 sends the next one when the last is echoed.</param>
/// <param name="Payload">Least bytes of each text. A text with its mark is never shorter than about 40.</param>
/// <param name="Durability"><c>full</c>, <c>normal</c> or <c>none</c>, for a temporary daemon.</param>
internal sealed record LoadOptions(
    DaemonAddress? Connect,
    bool Tls,
    string? Ca,
    int Users,
    int Rooms,
    int Workers,
    int Warmup,
    int Seconds,
    double Rate,
    int Payload,
    string Durability,
    bool Json);
