namespace Chat.Cli;

/// <summary>What the command line asks for.</summary>
/// <param name="Rooms">Empty is the daemon's default room.</param>
internal sealed record CliOptions(DaemonAddress Daemon, bool Tls, string? User, IReadOnlyList<string> Rooms, string Language, bool Json);
