using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Lifecycle;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>The daemon of <c>chatd dev</c>: no rate limits, no HTTP, and log lines about plugins on standard output.</summary>
/// <param name="settings">Override the settings chosen here.</param>
internal sealed class DevDaemon(
    DevFolder folder, string listen, string? data, IReadOnlyDictionary<string, string> settings, ProcessEnvironment environment)
    : IAsyncDisposable
{
    /// <summary>Settings that cannot be overridden: the plugin is in a folder of its own, and there is no certificate.</summary>
    private static readonly string[] Fixed = ["Chat:Plugins:Folders", "Chat:Listen:Tls", "Chat:Listen:Https", "Chat:Tls:"];

    private readonly OptionsSource options = Options(
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["Chat:Listen:Tcp"] = listen,
            ["Chat:Listen:Http"] = "off",
            ["Chat:Language"] = environment.Language,
            ["Chat:Data:Folder"] = data is null ? folder.Data : Path.GetFullPath(data),
            ["Chat:Limits:MessagesPerSecond"] = "0",
            ["Chat:Limits:LoginsPerMinute"] = "0",
            ["Chat:History:Durability"] = "normal",
            ["Chat:Plugins:Folders:0"] = folder.Plugins,
            ["Chat:Plugins:SettleMilliseconds"] = "200",
        },
        settings, environment);

    private readonly DevLog log = new(environment.Output);
    private ChatDaemon? daemon;

    /// <summary>Checks the port before anything is built.</summary>
    /// <exception cref="StartupException">The port is in use.</exception>
    public void CheckPort()
    {
        var results = Checks.PortCheck.Results(options.Current, environment.Texts);
        if (results.FirstOrDefault(result => result.Problem is not null) is { } busy)
            throw new StartupException(busy.Status, busy.Problem!);
    }

    /// <exception cref="StartupException">It cannot start.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var terminal = new OperatorTerminal(environment.Output, isWatched: true, environment.Texts.FirstAdminPassword);
        daemon = await ChatDaemon.StartAsync(options, log, TimeProvider.System, certificate: null, terminal, cancellation);
        await environment.Output.WriteLineAsync(environment.Texts.DevRunning(daemon.Endpoints[0].Address));
    }

    /// <summary>Completes when the dropped plugin runs or was refused; the log tells which.</summary>
    public async Task ReloadAsync()
    {
        var plugins = daemon!.Services.GetRequiredService<PluginSupervisor>();
        await plugins.ScanAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(options.Current.Plugins.SettleMilliseconds), TimeProvider.System);
        await plugins.ScanAsync();
    }

    /// <summary>Completes when a signal or an admin has stopped the daemon.</summary>
    public Task EndedAsync() => daemon!.WaitForEndAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (daemon is not null) await daemon.DisposeAsync();
        options.Dispose();
        log.Dispose();
    }

    /// <exception cref="StartupException">A setting is invalid or cannot be overridden.</exception>
    private static OptionsSource Options(
        Dictionary<string, string> chosen, IReadOnlyDictionary<string, string> given, ProcessEnvironment environment)
    {
        if (given.Keys.FirstOrDefault(key => Fixed.Any(start => key.StartsWith(start, StringComparison.OrdinalIgnoreCase))) is { } own)
            throw new StartupException(ExitStatus.WrongUsage, environment.Texts.DevSettingKept(own));
        foreach (var (key, value) in given) chosen[key] = value;
        return new(new([], new Dictionary<string, string>(), chosen), environment.SettingTexts);
    }
}
