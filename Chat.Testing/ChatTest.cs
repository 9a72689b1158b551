namespace Chat.Testing;

/// <summary>A real daemon in the test's process, with the plugins under test and the shipped ones, and the users who talk to it.</summary>
public sealed class ChatTest : IAsyncDisposable
{
    private readonly DaemonLog log;
    private readonly bool allowsErrors;
    private readonly Lock gate = new(); // guards the users
    private readonly Dictionary<string, TestUser> users = [];
    private readonly SemaphoreSlim entering = new(1);

    internal ChatTest(RunningDaemon daemon, DaemonLog log, TestTime time, bool allowsErrors)
    {
        (Daemon, this.log, Time, this.allowsErrors) = (daemon, log, time, allowsErrors);
        Failures = new(log);
    }

    /// <summary>The clock of daemon and plugins; it stands until the test advances it.</summary>
    public TestTime Time { get; }

    /// <summary>What daemon and plugins have logged, from information on.</summary>
    public IReadOnlyList<string> Log => log.Lines;

    internal RunningDaemon Daemon { get; }

    internal Failures Failures { get; }

    /// <summary>With the plugin that holds this type, its assembly dropped as an operator would.</summary>
    public static ChatTestSetup With<T>() => new ChatTestSetup().And<T>();

    /// <summary>The same, for types that can't be named in angle brackets: static ones.</summary>
    public static ChatTestSetup With(Type type) => new ChatTestSetup().And(type);

    /// <inheritdoc cref="ChatTestSetup.AndPlugin"/>
    public static ChatTestSetup WithPlugin(string path) => new ChatTestSetup().AndPlugin(path);

    /// <summary>Somebody by that name; the same one each time.</summary>
    /// <param name="role">Null: what they were before, or a guest. All others have an account.</param>
    /// <exception cref="ChatTestException">They have another role already.</exception>
    public TestUser User(string name, Role? role = null)
    {
        lock (gate)
        {
            if (!users.TryGetValue(name, out var user)) return users[name] = new(this, name, role ?? Role.Guest);
            return role is null || role == user.Role ? user : throw Failures.Of($"{name} is a {user.Role} in this test already.");
        }
    }

    /// <inheritdoc cref="User"/>
    public TestUser Member(string name) => User(name, Role.Member);

    /// <inheritdoc cref="User"/>
    public TestUser Moderator(string name) => User(name, Role.Moderator);

    /// <inheritdoc cref="User"/>
    public TestUser Admin(string name = "admin") => User(name, Role.Admin);

    /// <summary>Changes the settings of a plugin, as an operator edits their file; it has been told of them when this returns. The clock moves on by two seconds, in which a daemon sees that.</summary>
    /// <param name="plugin">By its id or the name of its DLL; case does not count.</param>
    /// <exception cref="ChatTestException">It takes no settings, or there is none of that name.</exception>
    public void Configures(string plugin, string json)
    {
        var (file, before) = (Daemon.Configure(plugin, json), log.Lines.Count);
        Time.Advance(TimeSpan.FromSeconds(2));
        if (!log.Lines.Skip(before).Any(line => line.Contains(file, StringComparison.Ordinal))) throw Failures.Of($"{plugin} did not take up its settings: it asks for none, or does not run.");
    }

    /// <summary>Puts a plugin in its own place, as a new version takes over; what ran before has handed on what it had when this completes.</summary>
    /// <param name="plugin">By its id; case does not count.</param>
    /// <exception cref="ChatTestException">It does not start, or what ran before does not end.</exception>
    public Task Replaces(string plugin) => Replacing.RunAsync(Daemon, plugin, Failures);

    /// <summary>Takes the plugins out, as an operator does, and proves that nothing of their code is left in memory. The clock moves on meanwhile.</summary>
    /// <exception cref="ChatTestException">Something still refers to it.</exception>
    public Task ShouldUnloadCleanly() => Unloading.ProveAsync(Daemon, Time, Failures);

    /// <summary>Stops the daemon and deletes all that it wrote.</summary>
    /// <exception cref="ChatTestException">It has logged an error that no other failure of this test told of.</exception>
    public async ValueTask DisposeAsync()
    {
        foreach (var user in Users()) await user.Presence.DisposeAsync();
        await Daemon.DisposeAsync();
        entering.Dispose();
        if (!allowsErrors && Failures.Untold is { } untold) throw untold;
    }

    /// <summary>Everybody who was named is there before anything is said.</summary>
    /// <exception cref="ChatTestException">Somebody was not let in.</exception>
    internal async Task AllEnterAsync()
    {
        foreach (var user in Users().Where(user => !user.Presence.IsAway))
            if (await EnterAsync(user) is Protocol.DaemonFrame.Error refusal) throw Failures.Of($"{user.Name} was not let in: {Shown.Of(refusal)}");
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
