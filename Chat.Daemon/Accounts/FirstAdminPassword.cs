using System.Security.Cryptography;
using System.Text;
using Chat.Daemon.Storage.Files;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Accounts;

/// <summary>
/// Shows the operator the random password of the first admin: on the terminal, past the log, or in a file that nobody else can read and
/// that the admin's first login deletes.
/// </summary>
internal sealed partial class FirstAdminPassword(StateFolder folder, OperatorTerminal terminal, ILogger<FirstAdminPassword> logger)
{
    public const string FileName = "first-admin-password";

    private string FilePath => Path.Combine(folder.FolderPath, FileName);

    /// <summary>At least 79 random bits, in letters and digits that are hard to confuse.</summary>
    public static string Create(int minimum) =>
        RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", Math.Max(minimum, 16));

    /// <summary>Call before the account exists: nobody could log in to one whose password is not written anywhere.</summary>
    public async Task WriteAsync(string password, CancellationToken cancellation)
    {
        if (!terminal.IsWatched) await folder.WritePrivateFileAsync(FileName, Encoding.UTF8.GetBytes(password + "\n"), cancellation);
    }

    /// <summary>Call once the account exists.</summary>
    public async Task ShowAsync(string password)
    {
        if (terminal.IsWatched) await terminal.TellPasswordAsync(password);
        else LogWritten(logger, FilePath);
    }

    public void Forget() => File.Delete(FilePath);

    [LoggerMessage(EventId = 402, EventName = "AdminPasswordWritten", Level = LogLevel.Warning,
        Message = "Created the account admin. Its password is in {Path} until the first login")]
    private static partial void LogWritten(ILogger logger, string path);
}
