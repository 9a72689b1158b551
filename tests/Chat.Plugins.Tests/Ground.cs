using Chat.Daemon.Accounts;
using Chat.Daemon.Capabilities;
using Chat.Daemon.Commands;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.TestKit;
using Chat.Testing;
using Microsoft.Extensions.Logging;

namespace Chat.Plugins.Tests;

/// <summary>Folders of its own for shipped and dropped plugins, and a supervisor over them, whose clock stands still until it is moved.</summary>
internal sealed class Ground : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("chat-plugins-").FullName;
    private readonly Func<IReadOnlyList<string>> folders;
    private readonly PluginTimes times;
    private readonly TimeSpan limit;
    private readonly bool ownTime;
    private PluginSupervisor supervisor;

    /// <param name="limit">Of a start.</param>
    /// <param name="also">A further drop folder.</param>
    /// <param name="ownTime">The clock that stands still is the plugins' too.</param>
    public Ground(TimeSpan? limit = null, Func<Ground, string>? also = null, PluginTimes? times = null, bool ownTime = false)
    {
        foreach (var folder in (string[])[Shipped, Dropped]) Directory.CreateDirectory(folder);
        folders = () => also is null ? [Dropped] : [Dropped, also(this)];
        (this.limit, this.times, this.ownTime) = (limit ?? TimeSpan.FromSeconds(30), times ?? Quick, ownTime);
        supervisor = Make();
    }

    /// <summary>What has stopped is looked for at once, and again as often as a busy machine may need.</summary>
    public static PluginTimes Quick { get; } = new() { Proofs = [.. Enumerable.Repeat(TimeSpan.Zero, 20)] };

    public TestTime Time { get; } = new();

    /// <summary>Hashes that may run; none: all.</summary>
    public List<string> Allowed { get; } = [];

    /// <summary>So often nothing can be decided.</summary>
    public int Troubles { get; set; }

    public string Shipped => Path.Combine(root, "shipped");

    public string Dropped => Path.Combine(root, "dropped");

    public string Staged => Path.Combine(root, "staged");

    public CapturedLog Log { get; } = new();

    public CommandRegistry Registry { get; } = new();

    public IReadOnlyList<PluginSummary> Plugins => supervisor.PluginsIn("en");

    public long Collected => supervisor.Generations.Single(g => g.Key == "collected").Value;

    /// <summary>Lines that tell the operator that something is wrong.</summary>
    public IReadOnlyList<string> Complaints => [.. Log.Lines.Where(l => l.Level >= LogLevel.Warning).Select(l => l.Text)];

    public static string Fixture(string name, string? file = null) => Path.Combine(AppContext.BaseDirectory, "fixtures", name, file ?? name + ".dll");

    public Task LoadAsync() => supervisor.StartAsync(CancellationToken.None);

    public ValueTask StopAsync() => supervisor.DisposeAsync();

    /// <summary>As if the daemon were started again.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        supervisor = Make();
        await LoadAsync();
    }

    /// <summary>What has changed is seen, has settled, and is in force.</summary>
    public async Task SettleAsync()
    {
        await supervisor.LookAsync();
        await PassAsync(times.Settle);
    }

    /// <summary>Moves the clock, and looks then.</summary>
    public Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        return supervisor.LookAsync();
    }

    /// <summary>It is known of each earlier generation what became of it.</summary>
    public Task QuietAsync() => Log.UntilAsync(() => !supervisor.Generations.Any(g => g is { Key: "draining" or "stopped", Value: > 0 }));

    public Task LookAsync() => supervisor.LookAsync();

    /// <summary>As changed settings do.</summary>
    public Task RefreshAsync()
    {
        supervisor.Refresh();
        return supervisor.LookAsync();
    }

    public Task<PluginOrderOutcome> OrderAsync(PluginOrder order, string id, string language = "en") => supervisor.OrderAsync(order, id, language, CancellationToken.None);

    public IReadOnlyList<PluginSummary> PluginsIn(string language) => supervisor.PluginsIn(language);

    /// <summary>Rows as <c>id version state</c>.</summary>
    public string States => string.Join(", ", Plugins.Select(p => $"{p.Id} {p.Version} {p.State}"));

    /// <summary>The fixture as a folder.</summary>
    /// <returns>Where its DLL lies.</returns>
    public static string PutFolder(string where, string fixture, string? name = null)
    {
        var target = Directory.CreateDirectory(Path.Combine(where, name ?? fixture)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Fixture(fixture))!))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file).Replace(fixture, name ?? fixture, StringComparison.Ordinal)));
        return Path.Combine(target, (name ?? fixture) + ".dll");
    }

    public string Drop(string fixture, string? name = null) => PutFolder(Dropped, fixture, name);

    public string Ship(string fixture) => PutFolder(Shipped, fixture);

    /// <summary>A single DLL of these bytes.</summary>
    public void DropFile(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Dropped, name), bytes);

    public void DropVersion(int number, string mood = "calm!") => DropFile("Versioned.dll", Versions.Of(number, mood));

    public CatalogueEntry? Find(string command) => Registry.Current.Catalogue.Find(command);

    /// <summary>As an invocation would, without the checks before it.</summary>
    public async Task<string> RunAsync(string command, string caller = "ana")
    {
        var entry = Find(command)!;
        var context = new CommandContext { InvocationId = "1", Command = entry.Descriptor.Name, Caller = new("1", caller, Role.Guest) };
        using var lease = entry.Owner.TryLease()!;
        await using var scope = InvocationScope.Create(lease.Container, context, null);
        return ((CommandResult.Reply)await entry.Descriptor.Invoke(context, scope.ServiceProvider, new([], [], []))).Text;
    }

    /// <summary>What the filters make of a text that they let pass; the call has begun when this returns.</summary>
    public async Task<string> FilterAsync(string text)
    {
        var draft = new Draft(new("1", "ana", Role.Guest), new("r1", "geral"), null, text, "pt-BR", null);
        return ((FilterOutcome.Passed)await Registry.Current.Hooks.Filters!.RunAsync(draft, () => Registry.Current.Hooks.Filters, CancellationToken.None)).Text;
    }

    /// <summary>Moves the clock, second by second, until a line holds the text: what waits for a time may begin to wait a moment late.</summary>
    public async Task AdvanceUntilAsync(string text)
    {
        var deadline = Environment.TickCount64 + 30_000;
        while (!Log.Lines.Any(l => l.Text.Contains(text, StringComparison.Ordinal)))
        {
            if (Environment.TickCount64 > deadline) Assert.Fail($"No line holds \"{text}\".");
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await supervisor.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)) new FileInfo(file).IsReadOnly = false;
        Directory.Delete(root, recursive: true);
    }

    private PluginSupervisor Make()
    {
        var capabilities = new CapabilityTable().Add<IHelp>((context, _) => new Echo(context));
        capabilities.AddOwned<IStorage>(_ => new MemoryStorage());
        var places = new PluginPlaces(Shipped, folders(), Staged);
        var starter = new PluginStarter(capabilities, places, Log, ownTime ? Time : TimeProvider.System) { Limit = limit };
        return new(places, times, starter, new(Registry, catalogue => catalogue.ToPermissionTable()), new(() => Troubles-- > 0 ? throw new IOException("too many open files") : Allowed), Time, Log);
    }

    /// <summary>A capability that shows whom it is bound to.</summary>
    private sealed class Echo(CommandContext bound) : IHelp
    {
        public string Overview(CommandContext context) => $"for {bound.Caller.Name}";

        public string? About(CommandContext context, string command) => null;

        public ValueTask<CommandResult> ExplainAsync(CommandContext context, string line) => ValueTask.FromResult<CommandResult>($"explained for {bound.Caller.Name}");
    }
}
