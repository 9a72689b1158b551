using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Accounts;

/// <summary>Creates the account <c>admin</c> if there is no admin, with the configured password or a random one.</summary>
internal sealed partial class FirstAdmin(
    Credentials credentials, AccountStore accountStore, FirstAdminPassword firstPassword, OptionsSource options, ILogger<FirstAdmin> logger)
    : IStartupStep
{
    public const string NameKey = "admin";

    /// <exception cref="StartupException">The configured password is not acceptable.</exception>
    async Task IStartupStep.RunAsync(CancellationToken cancellation)
    {
        var configured = options.Current.AdminPassword;
        if (!UserName.TryParse(NameKey, out var name)) throw new InvalidOperationException($"{NameKey} is not a valid user name.");
        if (await accountStore.HasAdminAsync(cancellation))
        {
            if (configured.Length > 0 && await credentials.IsPasswordAsync(name, configured, cancellation) == false) LogDiffers(logger);
            return;
        }
        var password = configured.Length > 0 ? configured : FirstAdminPassword.Create(options.Current.PasswordMinimum);
        if (configured.Length == 0) await firstPassword.WriteAsync(password, cancellation);
        if (await credentials.CreateAsync(name, password, Role.Admin, null, cancellation) is { } refusal)
        {
            throw new StartupException(
                ExitStatus.WrongUsage,
                $"Chat:Admin:Password cannot be the password of admin ({refusal}): "
                + $"it needs at least {options.Current.PasswordMinimum} characters.");
        }
        if (configured.Length == 0) await firstPassword.ShowAsync(password);
    }

    /// <summary>Deletes the file with the password, because the admin has logged in.</summary>
    public void Forget() => firstPassword.Forget();

    [LoggerMessage(EventId = 401, EventName = "AdminPasswordDiffers", Level = LogLevel.Warning,
        Message = "Chat:Admin:Password is not the password of admin. It applies only when the account is created")]
    private static partial void LogDiffers(ILogger logger);
}
