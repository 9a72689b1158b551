using Chat.Daemon;
using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Daemon.Plugins.Resources;
using Chat.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Testing;

/// <summary>The daemon in this process, on a free local port, with a temporary folder.</summary>
internal sealed class RunningDaemon : IAsyncDisposable
{
    /// <summary>The password of every account.</summary>
    public const string Password = "senha-do-teste";

    /// <summary>In real time: a stop without anything that hangs takes less.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    /// <summary>Of both times.</summary>
    private static readonly TimeSpan StopStep = TimeSpan.FromMilliseconds(100);

    private readonly OptionsSource options;
    private readonly DirectoryInfo folder;
    private readonly PluginDrop drop;
    private readonly Func<Task<ChatDaemon>> start;
    private ChatDaemon daemon;
    private int replaced;

    private RunningDaemon(OptionsSource options, ChatDaemon daemon, DirectoryInfo folder, PluginDrop drop, Func<Task<ChatDaemon>> start) =>
        (this.options, this.daemon, this.folder, this.drop, this.start) = (options, daemon, folder, drop, start);

    public required TestTime Time { private get; init; }

    public int Port => daemon.Endpoints.First(endpoint => endpoint.Scheme == "tcp").Address.Port;

    /// <exception cref="ChatTestException">The test has turned HTTP off.</exception>
    public Uri HttpAddress => daemon.Endpoints.FirstOrDefault(endpoint => endpoint.Scheme == "http") is { } http
        ? new($"http://{http.Address}")
        : throw new ChatTestException("The daemon does not listen on HTTP in this test: leave Chat:Listen:Http alone.");

    /// <summary>Whether the daemon runs or has queued code of a plugin: a call, an event, scheduled work or a job.</summary>
    public bool IsBusy => Activity.Running > 0
        || daemon.Services.GetRequiredService<PluginListing>().Slots.Any(slot => slot.Active?.Owner.Held > 0);

    /// <inheritdoc cref="PluginActivity.Turns"/>
    public long Turns => Activity.Turns;

    /// <inheritdoc cref="PluginActivity.HasOpenLoops"/>
    public bool HasOpenLoops => Activity.HasOpenLoops;

    /// <inheritdoc cref="PluginActivity.HasTimers"/>
    public bool HasTimers => Activity.HasTimers;

    /// <inheritdoc cref="PluginActivity.ForgetLoops"/>
    public void ForgetLoops() => Activity.ForgetLoops();

    private PluginActivity Activity => daemon.Services.GetRequiredService<HookRuntime>().Activity;

    public PluginSupervisor Plugins => daemon.Services.GetRequiredService<PluginSupervisor>();

    /// <summary>Returns when the daemon accepts connections and has tried to start the plugins.</summary>
    public static async Task<RunningDaemon> StartAsync(
        Action<PluginDrop> drop, IReadOnlyDictionary<string, string> settings, DaemonLog log, TestTime time)
    {
        var folder = Directory.CreateTempSubdirectory("chat-testing-");
        try
        {
            var plugins = new PluginDrop(Path.Combine(folder.FullName, "Plugins"));
            drop(plugins);
            var all = Defaults(folder, plugins).Concat(settings).GroupBy(s => s.Key, StringComparer.OrdinalIgnoreCase);
            var options = OptionsSource.Of([.. all.Select(s => (s.Key, s.Last().Value))]);
            Task<ChatDaemon> BeginAsync() =>
                ChatDaemon.StartAsync(options, log, time, certificate: null, OperatorTerminal.None, CancellationToken.None);
            return new(options, await BeginAsync(), folder, plugins, BeginAsync) { Time = time };
        }
        catch (Exception failure)
        {
            Delete(folder);
            if (failure is StartupException startup) throw new ChatTestException(startup.Message, startup);
            throw;
        }
    }

    public async Task EnsureAccountAsync(string name, Role role)
    {
        if (!UserName.TryParse(name, out var parsed)) throw new ChatTestException($"{Shown.Short(name)} is not a valid user name.");
        var accounts = daemon.Services.GetRequiredService<Credentials>();
        if (await accounts.FindAsync(parsed, CancellationToken.None) is not null) return;
        if (await accounts.CreateAsync(parsed, Password, role, invitation: null, CancellationToken.None) is { } refusal)
            throw new ChatTestException($"Could not create the account {name}: {refusal}.");
    }

    /// <inheritdoc cref="PluginDrop.Configure"/>
    public string Configure(string plugin, string json) => drop.Configure(plugin, json);

    /// <summary>Starts a new instance in place of the running one, which may still be draining afterwards.</summary>
    /// <returns>The reason if it failed, or null.</returns>
    public async Task<string?> ReplaceAsync(string plugin)
    {
        var outcome = await Plugins.ApplyAsync(PluginAction.Reload, plugin, "en", CancellationToken.None);
        if (outcome.Code is not null) return $"{outcome.Code} {outcome.Reason}".TrimEnd();
        replaced++;
        return null;
    }

    /// <summary>Deletes the plugins, as an operator does.</summary>
    /// <returns>The number of generations that stop now or have stopped before.</returns>
    public int DeletePlugins()
    {
        var folders = Directory.GetDirectories(drop.Folder);
        foreach (var dropped in folders) Directory.Delete(dropped, recursive: true);
        return folders.Length + replaced;
    }

    /// <summary>Lets the daemon look at its plugin folders once. Returns the number of generations in each state.</summary>
    public async Task<IReadOnlyDictionary<string, long>> LookAsync()
    {
        await Plugins.ScanAsync();
        return Plugins.Generations.ToDictionary(state => state.Key, state => state.Value);
    }

    /// <summary>Stops the daemon and starts another in the same folder. Users are no longer connected.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        daemon = await start();
        replaced = 0;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        options.Dispose();
        Delete(folder);
    }

    /// <summary>A stop gives plugins' code time to end, by the test's clock, which would stand still.</summary>
    private async Task StopAsync()
    {
        var stopping = daemon.DisposeAsync().AsTask();
        await stopping.WaitAsync(StopPatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stopping.IsCompleted)
        {
            Time.Advance(StopStep);
            await stopping.WaitAsync(StopStep).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await stopping;
    }

    private static Dictionary<string, string> Defaults(DirectoryInfo folder, PluginDrop plugins) => new()
    {
        ["Chat:Listen:Tcp"] = "127.0.0.1:0",
        ["Chat:Listen:Http"] = "127.0.0.1:0",
        ["Chat:Limits:MessagesPerSecond"] = "0",
        ["Chat:Limits:LoginsPerMinute"] = "0",
        ["Chat:Limits:ConnectionsPerAddress"] = "0",
        ["Chat:Limits:RoomsPerUser"] = "0",
        ["Chat:Limits:RoomsPerAddress"] = "0",
        ["Chat:History:Durability"] = "normal",
        ["Chat:Admin:Password"] = Password,
        ["Chat:Data:Folder"] = Path.Combine(folder.FullName, "data"),
        ["Chat:Plugins:Folders:0"] = plugins.Folder,
    };

    /// <summary>Makes files writable first: the daemon's copies of plugins are read-only.</summary>
    private static void Delete(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories)) file.IsReadOnly = false;
        folder.Delete(recursive: true);
    }
}
