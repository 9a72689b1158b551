using System.CommandLine;
using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Control;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Search;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Stores;

namespace Chat.Daemon.CommandLine;

/// <summary><c>account erase NAME</c>: deletes an account and every trace of its name, while the daemon runs or not.</summary>
internal static class AccountEraseCommand
{
    public static Command Create(SourceOptions sources, ProcessEnvironment environment)
    {
        var name = new Argument<string?>("NAME") { HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne };
        var texts = new Option<bool>("--messages") { Description = environment.Texts.AccountEraseMessages };
        var yes = new Option<bool>("--yes") { Description = environment.Texts.AccountEraseYes };
        var command = new Command("erase", environment.Texts.AccountErase) { name, texts, yes };
        sources.AddTo(command);
        command.SetAction((line, cancellation) =>
        {
            var given = line.GetValue(name) ?? throw new StartupException(ExitStatus.WrongUsage, environment.Texts.AccountEraseMissing);
            var order = new ControlFrames.Order("account erase", given, Texts: line.GetValue(texts));
            return RunAsync(sources.From(line), order, line.GetValue(yes), environment, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        SettingSources sources, ControlFrames.Order order, bool isConfirmed, ProcessEnvironment environment,
        CancellationToken cancellation)
    {
        using var options = new OptionsSource(sources, environment.SettingTexts);
        var (name, data, texts) = (order.Account!, options.Current.DataFolder, environment.Texts);
        if (!StateFolder.IsHeld(data) && !options.Current.IsOnServer && !File.Exists(Path.Combine(data, DatabaseFile.Name)))
            throw new StartupException(ExitStatus.WrongUsage, texts.AccountUnknown(name, data));
        if (!isConfirmed && environment.Ask?.Invoke(texts.AccountEraseConfirm(name)) != name)
            throw new StartupException(ExitStatus.WrongUsage, texts.AccountEraseUnconfirmed);
        var isRunning = StateFolder.IsHeld(data); // it may have ended while the question waited
        var answer = isRunning
            ? await DaemonOrder.GiveAsync(data, order, texts, cancellation)
            : await EraseAsync(options.Current, order, cancellation);
        if (answer is not { Account: { } account, Placeholder: { } placeholder })
        {
            throw answer.Problem switch
            {
                AccountOrders.LastAdmin => new StartupException(ExitStatus.WrongUsage, texts.AccountLastAdmin(name)),
                PasswordReset.NoSuchAccount => new StartupException(ExitStatus.WrongUsage, texts.AccountUnknown(name, data)),
                _ => new StartupException(ExitStatus.Failed, answer.Error ?? ""),
            };
        }
        await environment.Output.WriteLineAsync(
            isRunning ? texts.AccountErasing(account, placeholder) : texts.AccountErased(account, placeholder));
        await environment.Output.WriteLineAsync(texts.AccountKept);
        if (string.Join(", ", CopiesIn(data)) is { Length: > 0 } copies)
            await environment.Output.WriteLineAsync(texts.AccountKeptIn(copies));
        return ExitStatus.Ok;
    }

    /// <summary>The daemon is stopped: erases everything before it returns. If it is interrupted, the next start goes on.</summary>
    private static async Task<ControlFrames.Answer> EraseAsync(
        ChatOptions options, ControlFrames.Order order, CancellationToken cancellation)
    {
        using var metrics = new DaemonMetrics();
        await using var storage = OpenStorage.OpenForOrder(options, metrics);
        var (data, database) = (options.DataFolder, storage.Database);
        var (store, time) = (new ErasureStore(database.Writer, database.Readers), TimeProvider.System);
        if (await AccountKey.FindAsync(database.Readers, order.Account!, cancellation) is not { } account)
            return new ControlFrames.Answer(Problem: PasswordReset.NoSuchAccount);
        if (!await store.BeginAsync(account, order.Texts)) return new ControlFrames.Answer(Problem: AccountOrders.LastAdmin);
        if (account.NameKey == FirstAdmin.NameKey) File.Delete(Path.Combine(data, FirstAdminPassword.FileName));
        var placeholder = ErasedName.Of(account.Number);
        await new OperatorAudit(new AuditStore(database.Writer, database.Readers), time)
            .RecordAsync("account erase", ControlCredentials.Own, placeholder);
        await store.ReleaseLeftAsync();
        while (await store.NextAsync(cancellation) is { } erasure)
        {
            await new RowErasure(database.Writer, database.Readers, time).RunAsync(erasure, cancellation);
            await store.EndAsync(erasure.Account.Number);
        }
        IndexFile.Delete(storage.Folder.FolderPath); // the next start makes another
        return new ControlFrames.Answer(Account: account.Name, Placeholder: placeholder); // closing empties the write-ahead log
    }

    /// <summary>Copies of older databases that the daemon has left.</summary>
    private static IEnumerable<string> CopiesIn(string data) => Directory.EnumerateFiles(data)
        .Where(file => Path.GetFileName(file).StartsWith(DatabaseFile.Name + ".", StringComparison.Ordinal)).Order();
}
