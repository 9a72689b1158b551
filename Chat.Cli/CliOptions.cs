using System.Net.Security;
using Chat.Cli.Terminal;
using Chat.Client.Programs;

namespace Chat.Cli;

/// <summary>The parsed command line, over the configuration file.</summary>
/// <param name="Trust">Validates the daemon's certificate; null for the operating system's authorities.</param>
/// <param name="AsksPassword">Whether to use the password even if a session is saved.</param>
/// <param name="Registers">Whether to create the account first.</param>
/// <param name="Invitation">The invitation code for the new account, if any.</param>
/// <param name="Rooms">Rooms to join; null for those of the account, or the daemon's default room.</param>
internal sealed record CliOptions(
    DaemonAddresses Daemon, bool Tls, RemoteCertificateValidationCallback? Trust, string? User, bool AsksPassword, bool Registers,
    string? Invitation, IReadOnlyList<string>? Rooms, string Language, bool Json)
{
    /// <summary>For the shell; prints the password. Null if there is none.</summary>
    public string? PasswordCommand { get; init; }

    public DialogueSettings Settings { get; init; } = new();

    public KeyBindings Keys { get; init; } = KeyBindings.None;
}
