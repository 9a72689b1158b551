using System.Reflection;
using System.Runtime.CompilerServices;

namespace Chat.Testing;

/// <summary>What a test starts with. Awaited, it becomes a running <see cref="ChatTest"/>.</summary>
public sealed class ChatTestSetup
{
    private readonly List<Action<PluginDrop>> drops = [];
    private readonly List<Action<PluginDrop>> configured = [];
    private readonly HashSet<Assembly> assemblies = [];
    private readonly Dictionary<string, string> settings = new(StringComparer.OrdinalIgnoreCase);
    private DateTimeOffset start = TestTime.Noon;
    private bool allowsErrors;

    internal ChatTestSetup()
    {
    }

    /// <summary>Also the plugin that holds this type.</summary>
    public ChatTestSetup And<T>() => And(typeof(T));

    /// <inheritdoc cref="And{T}"/>
    public ChatTestSetup And(Type type)
    {
        if (assemblies.Add(type.Assembly)) drops.Add(folder => folder.Add(type.Assembly));
        return this;
    }

    /// <summary>Also the plugin that was built there.</summary>
    /// <param name="path">Its DLL, with all that lies beside it; or a folder that has the name of the DLL in it.</param>
    public ChatTestSetup AndPlugin(string path)
    {
        drops.Add(folder => folder.Add(path));
        return this;
    }

    /// <summary>A setting of the daemon, as on its command line: <c>Set("Chat:Language", "en")</c>. Limits of rates are off unless set.</summary>
    public ChatTestSetup Set(string key, string value)
    {
        settings[key] = value;
        return this;
    }

    /// <summary>What an operator has written for a plugin: <c>Configuring("Dice", """{ "sides": 20 }""")</c>.</summary>
    /// <param name="plugin">By its id or the name of its DLL; case does not count.</param>
    public ChatTestSetup Configuring(string plugin, string json)
    {
        configured.Add(folder => folder.Configure(plugin, json));
        return this;
    }

    /// <summary>What the clock shows; without it noon of 1 March 2026, UTC.</summary>
    public ChatTestSetup StartingAt(DateTimeOffset time)
    {
        start = time;
        return this;
    }

    /// <summary>Errors in the log do not fail the test, and a plugin may fail to load.</summary>
    public ChatTestSetup AllowingErrors()
    {
        allowsErrors = true;
        return this;
    }

    /// <summary>Starts the daemon; the same as to await this.</summary>
    /// <exception cref="ChatTestException">A plugin was not taken, or a setting is none.</exception>
    public async Task<ChatTest> StartAsync()
    {
        var (log, time) = (new DaemonLog(), new TestTime(start));
        var daemon = await RunningDaemon.StartAsync(folder => drops.Concat(configured).ToList().ForEach(step => step(folder)), settings, log, time);
        if (allowsErrors || (log.Errors.Count == 0 && daemon.Plugins.PluginsIn("en").All(plugin => plugin.State == "active"))) return new(daemon, log, time, allowsErrors);
        var states = daemon.Plugins.PluginsIn("en").Where(plugin => plugin.State != "active").Select(plugin => $"{plugin.Id} is {plugin.State}: {plugin.Note}");
        await daemon.DisposeAsync();
        throw new ChatTestException($"The daemon did not take all plugins.\n{string.Join('\n', states.Concat(log.Errors))}");
    }

    public TaskAwaiter<ChatTest> GetAwaiter() => StartAsync().GetAwaiter();
}
