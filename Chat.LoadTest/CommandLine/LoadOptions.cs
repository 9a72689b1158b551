using Chat.Client.Programs;

namespace Chat.LoadTest.CommandLine;

/// <summary>What the command line asks for.</summary>
/// <param name="Connect">Null: a daemon of its own.</param>
/// <param name="Tls">Whether the connections begin with TLS.</param>
/// <param name="Ca">PEM file of the authorities to trust; null is the operating system.</param>
/// <param name="Warmup">Seconds of sending before the measuring begins.</param>
/// <param name="Rate">Messages a second of each user; 0 is as fast as echoes come.</param>
/// <param name="Payload">Bytes of each text, at least; a run's counter and time take some 40.</param>
/// <param name="Durability"><c>full</c>, <c>normal</c> or <c>none</c>, for a daemon of its own.</param>
internal sealed record LoadOptions(
    DaemonAddress? Connect, bool Tls, string? Ca, int Users, int Rooms, int Workers, int Warmup, int Seconds, double Rate, int Payload, string Durability, bool Json);
