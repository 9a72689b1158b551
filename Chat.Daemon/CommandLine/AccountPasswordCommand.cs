using System.CommandLine;
using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Daemon.CommandLine;

/// <summary>
/// <c>account password NAME</c>: sets a new random password and ends the account's sessions. Only while the daemon is stopped.
/// </summary>
internal static class AccountPasswordCommand
{
    public static Command Create(SourceOptions sources, ProcessEnvironment environment)
    {
        var name = new Argument<string?>("NAME") { HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("password", environment.Texts.AccountPassword) { name };
        sources.AddTo(command);
        command.SetAction((line, cancellation) =>
        {
            var given = line.GetValue(name) ?? throw new StartupException(ExitStatus.WrongUsage, environment.Texts.AccountNameMissing);
            return RunAsync(sources.From(line), given, environment, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        SettingSources sources, string given, ProcessEnvironment environment, CancellationToken cancellation)
    {
        using var options = new OptionsSource(sources, environment.SettingTexts);
        var data = options.Current.DataFolder;
        if (!UserName.TryParse(given, out var name) || !File.Exists(Path.Combine(data, "chat.db"))) throw Unknown(given, data, environment);
        using var folder = StateFolder.Open(data);
        using var metrics = new DaemonMetrics();
        await using var database = ChatDatabase.Open(folder, Durability.Full, metrics, NullLogger<SqliteWriter>.Instance);
        var store = new AccountStore(database.Writer, database.Readers, TimeProvider.System);
        var account = await store.FindAsync(name, cancellation) ?? throw Unknown(given, data, environment);
        var password = FirstAdminPassword.Create(options.Current.PasswordMinimum);
        using var hasher = new PasswordHasher();
        await store.SetPasswordAsync(account.Id, (await hasher.HashAsync(password, cancellation))!);
        // The file holds the first password, which is no longer valid.
        if (account.Name.Key == FirstAdmin.NameKey) File.Delete(Path.Combine(data, FirstAdminPassword.FileName));
        await new SessionStore(database.Writer, database.Readers, TimeProvider.System).EndOthersAsync(kept: 0, account.Id);
        await environment.Output.WriteLineAsync(environment.Texts.AccountNewPassword(account.Name.Text, password));
        return ExitStatus.Ok;
    }

    private static StartupException Unknown(string given, string data, ProcessEnvironment environment) =>
        new(ExitStatus.WrongUsage, environment.Texts.AccountUnknown(given, data));
}
