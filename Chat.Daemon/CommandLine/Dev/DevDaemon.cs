using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Lifecycle;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>The daemon beside the author: no limits of rates, no HTTP, and its log about plugins on standard output.</summary>
/// <param name="settings">Overrule what it would choose.</param>
internal sealed class DevDaemon(DevPlace place, string listen, string? data, IReadOnlyDictionary<string, string> settings, ProcessEnvironment around) : IAsyncDisposable
{
    /// <summary>What it can't leave to others: its plugin lies in a folder of its own, and it has no certificate.</summary>
    private static readonly string[] Kept = ["Chat:Plugins:Folders", "Chat:Listen:Tls", "Chat:Listen:Https", "Chat:Tls:"];

    private readonly OptionsSource options = Options(
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["Chat:Listen:Tcp"] = listen,
            ["Chat:Listen:Http"] = "off",
            ["Chat:Language"] = around.Language,
            ["Chat:Data:Folder"] = data is null ? place.Data : Path.GetFullPath(data),
            ["Chat:Limits:MessagesPerSecond"] = "0",
            ["Chat:Limits:LoginsPerMinute"] = "0",
            ["Chat:History:Durability"] = "normal",
            ["Chat:Plugins:Folders:0"] = place.Plugins,
            ["Chat:Plugins:SettleMilliseconds"] = "200",
        },
        settings, around);

    private readonly DevLog log = new(around.Output);
    private ChatDaemon? daemon;

    /// <summary>Before anything is built: who has to choose another port is told at once.</summary>
    /// <exception cref="StartupException">It can't be listened on.</exception>
    public void CheckPort()
    {
        if (Checks.PortCheck.Results(options.Current.Listen, around.Texts).FirstOrDefault(result => result.Problem is not null) is { } busy)
            throw new StartupException(busy.Status, busy.Problem!);
    }

    /// <exception cref="StartupException">It cannot start.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var terminal = new OperatorTerminal(around.Output, isWatched: true, around.Texts.FirstAdminPassword);
        daemon = await ChatDaemon.StartAsync(options, log, TimeProvider.System, certificate: null, terminal, cancellation);
        await around.Output.WriteLineAsync(around.Texts.DevRunning(daemon.Endpoints[0].Address));
    }

    /// <summary>Completes when what was dropped is in force, or was refused; the log has told which.</summary>
    public async Task TakeAsync()
    {
        var plugins = daemon!.Services.GetRequiredService<PluginSupervisor>();
        await plugins.ScanAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(options.Current.Plugins.SettleMilliseconds), TimeProvider.System);
        await plugins.ScanAsync();
    }

    /// <summary>Completes when an admin has ended it, or a signal.</summary>
    public Task EndedAsync() => daemon!.WaitForEndAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (daemon is not null) await daemon.DisposeAsync();
        options.Dispose();
        log.Dispose();
    }

    /// <exception cref="StartupException">A setting is wrong, or none to be given here.</exception>
    private static OptionsSource Options(Dictionary<string, string> chosen, IReadOnlyDictionary<string, string> given, ProcessEnvironment around)
    {
        if (given.Keys.FirstOrDefault(key => Kept.Any(kept => key.StartsWith(kept, StringComparison.OrdinalIgnoreCase))) is { } own)
            throw new StartupException(ExitStatus.WrongUsage, around.Texts.DevSettingKept(own));
        foreach (var (key, value) in given) chosen[key] = value;
        return new(new([], new Dictionary<string, string>(), chosen), around.SettingTexts);
    }
}
