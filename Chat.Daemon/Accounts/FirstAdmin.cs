using System.Security.Cryptography;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Accounts;

/// <summary>
/// Makes the account <c>admin</c> where there is no admin. Its password is the one that is configured, or a random one, which only the
/// operator sees: on the terminal, past the log, or in a file that nobody else can read and that the first login deletes.
/// </summary>
internal sealed partial class FirstAdmin(
    Credentials desk, AccountStore store, PasswordHasher hasher, StateFolder folder, OptionsSource options, OperatorTerminal terminal, ILogger<FirstAdmin> logger)
{
    public const string NameKey = "admin";
    public const string FileName = "first-admin-password";

    private string FilePath => Path.Combine(folder.FolderPath, FileName);

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        var configured = options.Current.AdminPassword;
        if (!UserName.TryParse(NameKey, out var name)) throw new InvalidOperationException("The admin's name is none.");
        if (await store.HasAdminAsync(cancellation))
        {
            if (configured.Length > 0 && await store.FindAsync(name, cancellation) is { } admin && await hasher.VerifyAsync(configured, admin.Password, cancellation) == false)
                LogDiffers(logger);
            return;
        }
        var password = configured.Length > 0 ? configured : NewPassword();
        if (await desk.CreateAsync(name, password, Role.Admin, null, cancellation) is { } refusal)
            throw new StartupException(ExitStatus.WrongUsage, $"The account admin cannot be made with the password of Chat:Admin:Password ({refusal}): it needs at least {options.Current.PasswordMinimum} characters.");
        if (configured.Length == 0) await TellAsync(password, cancellation);
    }

    /// <summary>The admin has logged in: the file has done its work.</summary>
    public void Forget() => File.Delete(FilePath);

    private async Task TellAsync(string password, CancellationToken cancellation)
    {
        if (terminal.IsWatched)
        {
            await terminal.TellPasswordAsync(password);
            return;
        }
        await File.WriteAllTextAsync(folder.PrivateFile(FileName), password + "\n", cancellation);
        LogWritten(logger, FilePath);
    }

    /// <summary>79 random bits in letters and digits that are not taken for each other.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);

    [LoggerMessage(EventId = 401, Level = LogLevel.Warning, Message = "Chat:Admin:Password is not the password of admin: it is used only when that account is made")]
    private static partial void LogDiffers(ILogger logger);

    [LoggerMessage(EventId = 402, Level = LogLevel.Warning, Message = "Made the account admin; its password is in {Path}, until its first login")]
    private static partial void LogWritten(ILogger logger, string path);
}

/// <summary>The terminal that the daemon was started on, if any. What is told there is in no log.</summary>
internal sealed class OperatorTerminal(TextWriter output, bool isWatched, Func<string, string> passwordLine)
{
    /// <summary>Nobody looks: output is a file, a pipe or a service's journal.</summary>
    public static OperatorTerminal None { get; } = new(TextWriter.Null, false, password => password);

    public bool IsWatched => isWatched;

    public Task TellPasswordAsync(string password) => output.WriteLineAsync(passwordLine(password));
}
