using Chat.Daemon;
using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Testing;

/// <summary>The daemon in this process, on a free local port, with a temporary folder.</summary>
internal sealed class RunningDaemon : IAsyncDisposable
{
    /// <summary>The password of every account.</summary>
    public const string Password = "senha-do-teste";

    private readonly OptionsSource options;
    private readonly ChatDaemon daemon;
    private readonly DirectoryInfo folder;
    private readonly PluginDrop drop;
    private int replaced;

    private RunningDaemon(OptionsSource options, ChatDaemon daemon, DirectoryInfo folder, PluginDrop drop) =>
        (this.options, this.daemon, this.folder, this.drop) = (options, daemon, folder, drop);

    public int Port => daemon.Endpoints[0].Address.Port;

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
            var daemon = await ChatDaemon.StartAsync(options, log, time, certificate: null, OperatorTerminal.None, CancellationToken.None);
            return new(options, daemon, folder, plugins);
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

    public async ValueTask DisposeAsync()
    {
        await daemon.DisposeAsync();
        options.Dispose();
        Delete(folder);
    }

    private static Dictionary<string, string> Defaults(DirectoryInfo folder, PluginDrop plugins) => new()
    {
        ["Chat:Listen:Tcp"] = "127.0.0.1:0",
        ["Chat:Listen:Http"] = "off",
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
