using Chat.Daemon;
using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Testing;

/// <summary>The daemon in this process, on a free port of this machine only, over a temporary folder.</summary>
internal sealed class RunningDaemon : IAsyncDisposable
{
    /// <summary>Of every account here: no test is about it.</summary>
    public const string Password = "senha-do-teste";

    private readonly OptionsSource options;
    private readonly ChatDaemon daemon;
    private readonly DirectoryInfo folder;
    private readonly PluginDrop drop;
    private int replaced;

    private RunningDaemon(OptionsSource options, ChatDaemon daemon, DirectoryInfo folder, PluginDrop drop) =>
        (this.options, this.daemon, this.folder, this.drop) = (options, daemon, folder, drop);

    public int Port => daemon.Endpoints[0].Address.Port;

    public IPluginInventory Plugins => daemon.Services.GetRequiredService<IPluginInventory>();

    private PluginSupervisor Supervisor => daemon.Services.GetRequiredService<PluginSupervisor>();

    /// <summary>Returns when it accepts connections and the plugins were tried.</summary>
    public static async Task<RunningDaemon> StartAsync(Action<PluginDrop> drop, IReadOnlyDictionary<string, string> settings, DaemonLog log, TestTime time)
    {
        var folder = Directory.CreateTempSubdirectory("chat-testing-");
        try
        {
            var plugins = new PluginDrop(Path.Combine(folder.FullName, "Plugins"));
            drop(plugins);
            var options = OptionsSource.Of([.. Defaults(folder, plugins).Concat(settings).GroupBy(s => s.Key, StringComparer.OrdinalIgnoreCase).Select(s => (s.Key, s.Last().Value))]);
            return new(options, await ChatDaemon.StartAsync(options, log, time, certificate: null, OperatorTerminal.None, CancellationToken.None), folder, plugins);
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
        if (!UserName.TryParse(name, out var parsed)) throw new ChatTestException($"{Shown.Short(name)} can't be a user's name.");
        var accounts = daemon.Services.GetRequiredService<Credentials>();
        if (await accounts.FindAsync(parsed, CancellationToken.None) is not null) return;
        if (await accounts.CreateAsync(parsed, Password, role, invitation: null, CancellationToken.None) is { } refusal)
            throw new ChatTestException($"The account {name} could not be made: {refusal}.");
    }

    /// <inheritdoc cref="PluginDrop.Configure"/>
    public string Configure(string plugin, string json) => drop.Configure(plugin, json);

    /// <summary>Starts it anew, in the place of what runs; completes when it answers. What ran may still drain.</summary>
    /// <returns>Why it is not so; null: it is.</returns>
    public async Task<string?> ReplaceAsync(string plugin)
    {
        var outcome = await Supervisor.OrderAsync(PluginOrder.Reload, plugin, "en", CancellationToken.None);
        if (outcome.Code is not null) return $"{outcome.Code} {outcome.Reason}".TrimEnd();
        replaced++;
        return null;
    }

    /// <summary>As an operator takes plugins out: deletes what was dropped.</summary>
    /// <returns>How many generations end, or have ended before.</returns>
    public int DeletePlugins()
    {
        var folders = Directory.GetDirectories(drop.Folder);
        foreach (var dropped in folders) Directory.Delete(dropped, recursive: true);
        return folders.Length + replaced;
    }

    /// <summary>What has settled by now is in force afterwards; then, how many generations are in which state.</summary>
    public async Task<IReadOnlyDictionary<string, long>> LookAsync()
    {
        await Supervisor.LookAsync();
        return Supervisor.Generations.ToDictionary(state => state.Key, state => state.Value);
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
        ["Chat:History:Durability"] = "normal",
        ["Chat:Admin:Password"] = Password,
        ["Chat:Data:Folder"] = Path.Combine(folder.FullName, "data"),
        ["Chat:Plugins:Folders:0"] = plugins.Folder,
    };

    /// <summary>The daemon's copies of plugins are read-only.</summary>
    private static void Delete(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories)) file.IsReadOnly = false;
        folder.Delete(recursive: true);
    }
}
