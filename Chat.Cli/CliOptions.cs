using System.Net.Security;
using Chat.Client.Programs;

namespace Chat.Cli;

/// <summary>What the command line asks for.</summary>
/// <param name="Trust">Judges the daemon's certificate; null is the operating system.</param>
/// <param name="AsksPassword">Whether to log in with a password where a session is saved.</param>
/// <param name="Registers">Whether an account is to be made first.</param>
/// <param name="Invitation">The code for it, where one is wanted.</param>
/// <param name="Rooms">Empty is the daemon's default room.</param>
internal sealed record CliOptions(
    DaemonAddress Daemon, bool Tls, RemoteCertificateValidationCallback? Trust, string? User, bool AsksPassword, bool Registers,
    string? Invitation, IReadOnlyList<string> Rooms, string Language, bool Json);
