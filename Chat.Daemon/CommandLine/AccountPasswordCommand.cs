using System.CommandLine;
using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Control;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Stores;

namespace Chat.Daemon.CommandLine;

/// <summary>
/// <c>account password NAME</c> and <c>admin reset [NAME]</c>: set a new random password, print it once, and end the account's sessions,
/// while the daemon runs or not.
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
            return RunAsync(sources.From(line), new ControlFrames.Order("password", given), environment, cancellation);
        });
        return command;
    }

    public static Command CreateForAdmin(SourceOptions sources, ProcessEnvironment environment)
    {
        var name = new Argument<string?>("NAME") { HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("reset", environment.Texts.AdminReset) { name };
        sources.AddTo(command);
        command.SetAction((line, cancellation) =>
        {
            var order = new ControlFrames.Order("password", line.GetValue(name) ?? FirstAdmin.NameKey, AdminOnly: true);
            return RunAsync(sources.From(line), order, environment, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        SettingSources sources, ControlFrames.Order order, ProcessEnvironment environment, CancellationToken cancellation)
    {
        using var options = new OptionsSource(sources, environment.SettingTexts);
        var (texts, data) = (environment.Texts, options.Current.DataFolder);
        var isRunning = StateFolder.IsHeld(data);
        if (!isRunning && !options.Current.IsOnServer && !File.Exists(Path.Combine(data, DatabaseFile.Name)))
            throw new StartupException(ExitStatus.WrongUsage, texts.AccountUnknown(order.Account!, data));
        var answer = isRunning
            ? await DaemonOrder.GiveAsync(data, order, texts, cancellation)
            : await ResetAsync(options, order, cancellation);
        if (answer is not { Account: { } account, Password: { } password })
        {
            throw answer.Problem switch
            {
                PasswordReset.Busy => new StartupException(ExitStatus.InUse, texts.AccountBusy),
                PasswordReset.NotAnAdmin => new StartupException(
                    ExitStatus.WrongUsage, texts.AdminUnknown(order.Account!, string.Join(", ", answer.Admins ?? []))),
                PasswordReset.OfPlugin => new StartupException(ExitStatus.WrongUsage, texts.AccountOfPlugin(order.Account!)),
                PasswordReset.NoSuchAccount => new StartupException(
                    ExitStatus.WrongUsage, texts.AccountUnknown(order.Account!, data)),
                _ => new StartupException(ExitStatus.Failed, answer.Error ?? answer.Problem ?? ""),
            };
        }
        await environment.Output.WriteLineAsync(texts.AccountNewPassword(account, password));
        return ExitStatus.Ok;
    }

    /// <summary>The daemon is stopped: changes its database.</summary>
    private static async Task<ControlFrames.Answer> ResetAsync(
        OptionsSource options, ControlFrames.Order order, CancellationToken cancellation)
    {
        var data = options.Current.DataFolder;
        using var metrics = new DaemonMetrics();
        await using var storage = OpenStorage.OpenForOrder(options.Current, metrics);
        var database = storage.Database;
        using var hasher = new PasswordHasher();
        var accounts = new AccountStore(database.Writer, database.Readers, TimeProvider.System);
        var audit = new OperatorAudit(new AuditStore(database.Writer, database.Readers), TimeProvider.System);
        var outcome = await new PasswordReset(accounts, audit, hasher, options)
            .RunAsync(order.Account!, order.AdminOnly, ControlCredentials.Own, cancellation);
        // The file holds the first password, which is no longer valid.
        if (outcome is { Password: not null, Account.Name.Key: FirstAdmin.NameKey })
            File.Delete(Path.Combine(data, FirstAdminPassword.FileName));
        return new ControlFrames.Answer(
            Problem: outcome.Problem, Account: outcome.Account?.Name.Text, Password: outcome.Password, Admins: outcome.Admins);
    }
}
