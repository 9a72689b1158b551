using System.CommandLine;
using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Daemon.CommandLine;

/// <summary><c>account password NAME</c>: a new random password where the old one is lost, and the end of the account's sessions. Only while no daemon has the data.</summary>
internal static class AccountPasswordCommand
{
    public static Command Create(SourceOptions sources, ProcessEnvironment around)
    {
        var name = new Argument<string?>("NAME") { HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("password", around.Texts.AccountPassword) { name };
        sources.AddTo(command);
        command.SetAction((line, cancellation) => RunAsync(
            sources.From(line), line.GetValue(name) ?? throw new StartupException(ExitStatus.WrongUsage, around.Texts.AccountNameMissing), around, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(SettingSources sources, string given, ProcessEnvironment around, CancellationToken cancellation)
    {
        using var options = new OptionsSource(sources, around.SettingTexts);
        var data = options.Current.DataFolder;
        if (!UserName.TryParse(given, out var name) || !File.Exists(Path.Combine(data, "chat.db"))) throw Unknown(given, data, around);
        try
        {
            using var folder = StateFolder.Open(data);
            using var metrics = new DaemonMetrics();
            await using var database = ChatDatabase.Open(folder, Durability.Full, metrics, NullLogger<SqliteWriter>.Instance);
            var store = new AccountStore(database.Writer, database.Readers, TimeProvider.System);
            var account = await store.FindAsync(name, cancellation) ?? throw Unknown(given, data, around);
            var password = FirstAdminPassword.Create();
            using var hasher = new PasswordHasher();
            await store.SetPasswordAsync(account.Id, (await hasher.HashAsync(password, cancellation))!);
            if (account.Name.Key == FirstAdmin.NameKey) File.Delete(Path.Combine(data, FirstAdminPassword.FileName)); // its password is no longer valid
            await new SessionStore(database.Writer, database.Readers, TimeProvider.System).EndOthersAsync(kept: 0, account.Id);
            await around.Output.WriteLineAsync(around.Texts.AccountNewPassword(account.Name.Text, password));
            return ExitStatus.Ok;
        }
        catch (Exception e) when (e is StateFolderInUseException or DatabaseUnusableException)
        {
            throw new StartupException(e is StateFolderInUseException ? ExitStatus.InUse : ExitStatus.DatabaseUnusable, e.Message);
        }
    }

    private static StartupException Unknown(string given, string data, ProcessEnvironment around) => new(ExitStatus.WrongUsage, around.Texts.AccountUnknown(given, data));
}
