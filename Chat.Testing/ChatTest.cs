namespace Chat.Testing;

/// <summary>A real daemon in the test's process, with the plugins under test, the shipped plugins, and users.</summary>
public sealed class ChatTest : IAsyncDisposable
{
    private readonly DaemonLog log;
    private readonly bool allowsErrors;
    private readonly Lock gate = new(); // guards users
    private readonly Dictionary<string, TestUser> users = [];
    private readonly SemaphoreSlim entering = new(1);
    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });

    internal ChatTest(RunningDaemon daemon, DaemonLog log, TestTime time, bool allowsErrors)
    {
        (Daemon, this.log, Time, this.allowsErrors) = (daemon, log, time, allowsErrors);
        Failures = new(log);
    }

    /// <summary>The clock of the daemon and the plugins. It moves only when the test advances it.</summary>
    public TestTime Time { get; }

    /// <summary>The log of the daemon and the plugins, from the level Information up.</summary>
    public IReadOnlyList<string> Log => log.Lines;

    /// <summary>A visitor of the daemon's HTTP address, where plugins have their routes.</summary>
    public TestWeb Web => new(this, client);

    internal RunningDaemon Daemon { get; }

    internal Failures Failures { get; }

    /// <summary>Starts with the plugin that contains this type.</summary>
    public static ChatTestSetup With<T>() => new ChatTestSetup().And<T>();

    /// <summary>Starts with the plugin that contains this type, which may be static.</summary>
    public static ChatTestSetup With(Type type) => new ChatTestSetup().And(type);

    /// <inheritdoc cref="ChatTestSetup.AndPlugin"/>
    public static ChatTestSetup WithPlugin(string path) => new ChatTestSetup().AndPlugin(path);

    /// <summary>The user with this name; the same object for each call.</summary>
    /// <param name="role">Null for the role of an earlier call, or guest. Every other role has an account.</param>
    /// <exception cref="ChatTestException">The user already has another role.</exception>
    public TestUser User(string name, Role? role = null)
    {
        lock (gate)
        {
            if (!users.TryGetValue(name, out var user)) return users[name] = new(this, name, role ?? Role.Guest);
            return role is null || role == user.Role ? user : throw Failures.Of($"{name} already has the role {user.Role} in this test.");
        }
    }

    /// <inheritdoc cref="User"/>
    public TestUser Member(string name) => User(name, Role.Member);

    /// <inheritdoc cref="User"/>
    public TestUser Moderator(string name) => User(name, Role.Moderator);

    /// <inheritdoc cref="User"/>
    public TestUser Admin(string name = "admin") => User(name, Role.Admin);

    /// <summary>
    /// Advances the clock, and waits at each moment until what is due has run: scheduled work, jobs, timers of the plugins, and the events
    /// that they cause. A timer that is set on the way fires, too, if it is due before the end.
    /// </summary>
    /// <exception cref="ChatTestException">Something still runs after 10 s.</exception>
    public Task Advances(TimeSpan time) => Settling.AdvanceAsync(Daemon, Time, time, Failures);

    /// <summary>
    /// Waits until the plugins have nothing to do any more: no command, event, scheduled work or job runs or is due, or each that runs
    /// waits for the clock, and no timer of their own is being set.
    /// </summary>
    /// <inheritdoc cref="Advances" path="/exception"/>
    public Task Settles() => Settling.WaitAsync(Daemon, Time, Failures);

    /// <summary>
    /// Stops the daemon and starts it again, as an operator does. The users connect again with their next line, in the same sessions; what
    /// they had not seen yet is gone.
    /// </summary>
    public async Task Restarts()
    {
        foreach (var user in Users()) await user.Presence.BreakAsync();
        await Daemon.RestartAsync();
    }

    /// <summary>
    /// Changes a plugin's settings file, as an operator does. When it returns, the plugin has the new settings. Advances the clock by 2
    /// s, the time in which the daemon notices.
    /// </summary>
    /// <param name="plugin">The id, or the name of the DLL. Case does not matter.</param>
    /// <exception cref="ChatTestException">The plugin has no settings, or does not exist.</exception>
    public void Configures(string plugin, string json)
    {
        var (file, before) = (Daemon.Configure(plugin, json), log.Lines.Count);
        Time.Advance(TimeSpan.FromSeconds(2));
        if (!log.Lines.Skip(before).Any(line => line.Contains(file, StringComparison.Ordinal)))
            throw Failures.Of($"{plugin} did not read its settings. It has none, or it is not running.");
    }

    /// <summary>
    /// Replaces a plugin by itself, as a new version would. When it completes, the previous instance has handed over its state.
    /// </summary>
    /// <param name="plugin">The id. Case does not matter.</param>
    /// <exception cref="ChatTestException">The plugin does not start, or the previous instance does not stop.</exception>
    public Task Replaces(string plugin) => Replacing.RunAsync(Daemon, plugin, Failures);

    /// <summary>Removes the plugins, as an operator does, and checks that none of their code stays in memory. Advances the clock.</summary>
    /// <exception cref="ChatTestException">A plugin is still in memory.</exception>
    public Task ShouldUnloadCleanly() => Unloading.ProveAsync(Daemon, Time, Failures);

    /// <summary>Stops the daemon and deletes its files.</summary>
    /// <exception cref="ChatTestException">The daemon logged an error that no earlier failure of this test reported.</exception>
    public async ValueTask DisposeAsync()
    {
        foreach (var user in Users()) await user.Presence.DisposeAsync();
        await Daemon.DisposeAsync();
        entering.Dispose();
        client.Dispose();
        if (!allowsErrors && Failures.Unreported is { } unreported) throw unreported;
    }

    /// <summary>Logs in every named user, so that they are there before anything is said.</summary>
    /// <exception cref="ChatTestException">A user could not log in or join a room.</exception>
    internal async Task AllEnterAsync()
    {
        foreach (var user in Users().Where(user => !user.Presence.IsAway))
        {
            if (await EnterAsync(user) is Protocol.DaemonFrame.Error refusal)
                throw Failures.Of($"{user.Name} could not log in or join a room: {Shown.Of(refusal)}");
        }
    }

    internal async Task<Protocol.DaemonFrame> EnterAsync(TestUser user)
    {
        await entering.WaitAsync();
        try
        {
            return await user.Presence.EnterAsync(Daemon);
        }
        finally
        {
            entering.Release();
        }
    }

    private List<TestUser> Users()
    {
        lock (gate) return [.. users.Values];
    }
}
