using System.Reflection;
using System.Runtime.CompilerServices;

namespace Chat.Testing;

/// <summary>The setup of a test. Await it to get a running <see cref="ChatTest"/>.</summary>
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

    /// <summary>Adds the plugin that contains this type.</summary>
    public ChatTestSetup And<T>() => And(typeof(T));

    /// <inheritdoc cref="And{T}"/>
    public ChatTestSetup And(Type type)
    {
        if (assemblies.Add(type.Assembly)) drops.Add(folder => folder.Add(type.Assembly));
        return this;
    }

    /// <summary>Adds a plugin from its build output.</summary>
    /// <param name="path">The DLL, which is copied with all files next to it; or a folder with the same name as the DLL in it.</param>
    public ChatTestSetup AndPlugin(string path)
    {
        drops.Add(folder => folder.Add(path));
        return this;
    }

    /// <summary>
    /// Sets a setting of the daemon, for example <c>Set("Chat:Language", "en")</c>. Rate limits are off unless you set them.
    /// </summary>
    public ChatTestSetup Set(string key, string value)
    {
        settings[key] = value;
        return this;
    }

    /// <summary>Writes a plugin's settings file: <c>Configuring("Dice", """{ "sides": 20 }""")</c>.</summary>
    /// <param name="plugin">The id, or the name of the DLL. Case does not matter.</param>
    public ChatTestSetup Configuring(string plugin, string json)
    {
        configured.Add(folder => folder.Configure(plugin, json));
        return this;
    }

    /// <summary>Sets the clock. Without it, the test starts at noon of 1 March 2026, UTC.</summary>
    public ChatTestSetup StartingAt(DateTimeOffset time)
    {
        start = time;
        return this;
    }

    /// <summary>Allows errors in the log, and plugins that fail to load. Otherwise they fail the test.</summary>
    public ChatTestSetup AllowingErrors()
    {
        allowsErrors = true;
        return this;
    }

    /// <summary>Starts the daemon, as awaiting this object does.</summary>
    /// <exception cref="ChatTestException">The daemon refuses a plugin or a setting.</exception>
    public async Task<ChatTest> StartAsync()
    {
        var (log, time) = (new DaemonLog(), new TestTime(start));
        var daemon = await RunningDaemon.StartAsync(
            folder => drops.Concat(configured).ToList().ForEach(step => step(folder)), settings, log, time);
        if (allowsErrors || (log.Errors.Count == 0 && daemon.Plugins.PluginsIn("en").All(plugin => plugin.State == "active")))
            return new(daemon, log, time, allowsErrors);
        var states = daemon.Plugins.PluginsIn("en").Where(plugin => plugin.State != "active")
            .Select(plugin => $"{plugin.Id} is {plugin.State}: {plugin.Note}");
        await daemon.DisposeAsync();
        throw new ChatTestException($"The daemon refused a plugin or logged an error.\n{string.Join('\n', states.Concat(log.Errors))}");
    }

    public TaskAwaiter<ChatTest> GetAwaiter() => StartAsync().GetAwaiter();
}
