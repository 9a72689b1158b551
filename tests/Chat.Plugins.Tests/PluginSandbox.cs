using System.Collections.Immutable;
using Chat.Daemon;
using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Daemon.Plugins.Resources;
using Chat.Daemon.Plugins;
using Chat.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Plugins.Tests;

/// <summary>The daemon's plugin stage alone: over temporary folders, with a clock that moves only when the test says so.</summary>
internal sealed class PluginSandbox : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("chat-plugins-").FullName;
    private readonly Func<IReadOnlyList<string>> folders;
    private readonly PluginTimings timings;
    private readonly bool sharesClock;
    private readonly TestTime startTime = new(); // so that no start times out on a busy machine, but for those that hang
    private readonly SemaphoreSlim hanging = new(0); // released by a fixture, which finds it by the folder of its copy
    private ServiceProvider services;

    /// <param name="also">Another drop folder.</param>
    /// <param name="sharesClock">The test's clock is the plugins' clock too.</param>
    public PluginSandbox(Func<PluginSandbox, string>? also = null, PluginTimings? timings = null, bool sharesClock = false)
    {
        foreach (var folder in (string[])[Shipped, Dropped]) Directory.CreateDirectory(folder);
        folders = () => also is null ? [Dropped] : [Dropped, also(this)];
        this.timings = timings ?? Quick;
        this.sharesClock = sharesClock;
        AppDomain.CurrentDomain.SetData(Staged, (Action)(() => hanging.Release()));
        services = BuildServices();
    }

    /// <summary>Proves at once that a plugin is gone, and tries as often as a busy machine may need.</summary>
    public static PluginTimings Quick { get; } = new() { Proofs = [.. Enumerable.Repeat(TimeSpan.Zero, 20)] };

    public TestTime Time { get; } = new();

    /// <summary>Hashes that may run; if empty, everything may.</summary>
    public List<string> Allowed { get; } = [];

    /// <summary>The operator's names for commands, by the id of the plugin.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Names { get; set; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>How many reads of the allow-list fail.</summary>
    public int AllowListFailures { get; set; }

    public string Shipped => Path.Combine(root, "shipped");

    public string Dropped => Path.Combine(root, "dropped");

    public string Staged => Path.Combine(root, "staged");

    public CapturedLog Log { get; } = new();

    public CommandRegistry Registry { get; } = new();

    public IReadOnlyList<PluginSummary> Plugins => PluginsIn("en");

    public long Collected => Supervisor.Generations.Single(g => g.Key == "collected").Value;

    /// <summary>Warnings and errors.</summary>
    public IReadOnlyList<string> Complaints => [.. Log.Lines.Where(l => l.Level >= LogLevel.Warning).Select(l => l.Text)];

    /// <summary>The plugins as <c>id version state</c>.</summary>
    public string States => string.Join(", ", Plugins.Select(p => $"{p.Id} {p.Version} {p.State}"));

    private PluginSupervisor Supervisor => services.GetRequiredService<PluginSupervisor>();

    public static string Fixture(string name, string? file = null) =>
        Path.Combine(AppContext.BaseDirectory, "fixtures", name, file ?? name + ".dll");

    public Task LoadAsync() => Supervisor.StartAsync(CancellationToken.None);

    public ValueTask StopAsync() => Supervisor.DisposeAsync();

    /// <summary>Like a restart of the daemon.</summary>
    public async Task RestartAsync()
    {
        await services.DisposeAsync();
        services = BuildServices();
        await LoadAsync();
    }

    /// <summary>Returns when the changes in the folders have settled and are in effect.</summary>
    public async Task SettleAsync()
    {
        await ScanAsync();
        await PassAsync(timings.Settle);
    }

    /// <summary>Lets the time limit of a start pass, once the plugin's code hangs.</summary>
    /// <param name="step">The step of the test that starts it.</param>
    public async Task TimeOutAsync(Task step)
    {
        Assert.IsTrue(await hanging.WaitAsync(TimeSpan.FromSeconds(30)), "No start hangs.");
        while (!step.IsCompleted)
        {
            startTime.Advance(timings.Start); // perhaps before the limit's timer runs
            await Task.Yield();
        }
        await step;
    }

    /// <summary>Moves the clock, then scans.</summary>
    public Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        return ScanAsync();
    }

    /// <summary>Returns when every earlier generation is collected or leaked.</summary>
    public Task QuietAsync() =>
        Log.UntilAsync(() => !Supervisor.Generations.Any(g => g is { Key: "draining" or "stopped", Value: > 0 }));

    public Task ScanAsync() => Supervisor.ScanAsync();

    /// <summary>Like a change of the settings.</summary>
    public Task RefreshAsync()
    {
        Supervisor.Refresh();
        return ScanAsync();
    }

    public Task<PluginActionResult> ApplyAsync(PluginAction action, string id, string language = "en") =>
        Supervisor.ApplyAsync(action, id, language, CancellationToken.None);

    public IReadOnlyList<PluginSummary> PluginsIn(string language) => Supervisor.PluginsIn(language);

    /// <summary>Copies a fixture's folder.</summary>
    /// <returns>The path of its DLL.</returns>
    public static string PutFolder(string where, string fixture, string? name = null)
    {
        var target = Directory.CreateDirectory(Path.Combine(where, name ?? fixture)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Fixture(fixture))!))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file).Replace(fixture, name ?? fixture, StringComparison.Ordinal)));
        return Path.Combine(target, (name ?? fixture) + ".dll");
    }

    public string Drop(string fixture, string? name = null) => PutFolder(Dropped, fixture, name);

    public string Ship(string fixture) => PutFolder(Shipped, fixture);

    /// <summary>Drops a single file.</summary>
    public void DropFile(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Dropped, name), bytes);

    public void DropVersion(int number, string mood = "calm!") => DropFile("Versioned.dll", FixtureVersion.Of(number, mood));

    public CatalogueEntry? Find(string command) => Registry.Current.Catalogue.Find(command);

    /// <summary>Invokes a command without the pipeline's checks.</summary>
    public async Task<string> RunAsync(string command, string caller = "ana")
    {
        var entry = Find(command)!;
        var context = new CommandContext { InvocationId = "1", Command = entry.Descriptor.Name, Caller = new("1", caller, Role.Guest) };
        using var lease = entry.Owner.TryLease()!;
        await using var scope = InvocationScope.Create(lease.Container, context, null);
        return ((CommandResult.Reply)await entry.Descriptor.Invoke(context, scope.ServiceProvider, new([], [], []))).Text;
    }

    /// <summary>A text as the filters let it pass. The first filter's call has begun when this returns.</summary>
    public async Task<string> FilterAsync(string text)
    {
        var draft = new Draft(new("1", "ana", Role.Guest), new("r1", "geral"), null, text, "pt-BR", null);
        var filters = Registry.Current.Hooks.Filters!;
        return ((FilterOutcome.Passed)await filters.RunAsync(draft, () => Registry.Current.Hooks.Filters, CancellationToken.None)).Text;
    }

    /// <summary>Moves the clock by seconds until the log contains the text, because a timer may start after the clock has moved.</summary>
    public async Task AdvanceUntilAsync(string text)
    {
        var deadline = Environment.TickCount64 + 30_000;
        while (!Log.Lines.Any(l => l.Text.Contains(text, StringComparison.Ordinal)))
        {
            if (Environment.TickCount64 > deadline) Assert.Fail($"No line contains \"{text}\".");
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        AppDomain.CurrentDomain.SetData(Staged, null);
        hanging.Dispose();
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)) new FileInfo(file).IsReadOnly = false;
        Directory.Delete(root, recursive: true);
    }

    private ServiceProvider BuildServices()
    {
        var pluginFolders = new PluginFolders(Shipped, folders(), Staged);
        var pluginTime = sharesClock ? Time : TimeProvider.System;
        var hooks = new HookRuntime(new HookMetrics(), pluginTime, Log);
        var capabilities = Capabilities();
        var builder = new GenerationBuilder(capabilities, pluginFolders, new JobTable(capabilities, hooks), hooks, Log);
        return new ServiceCollection()
            .AddSingleton<ILoggerFactory>(Log).AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(new SteadyTime(Time))
            .AddSingleton(Registry)
            .AddSingleton<PermissionPolicy>(catalogue => catalogue.ToPermissionTable())
            .AddSingleton(new AllowList(ReadAllowList)).AddSingleton(new CommandNames(() => Names))
            .AddPlugins(pluginFolders, timings)
            .AddSingleton(new PluginStarter(builder, timings, startTime))
            .BuildServiceProvider();
    }

    private static CapabilityTable Capabilities()
    {
        var capabilities = new CapabilityTable().Add<IHelp>((context, _) => new CallerEcho(context));
        capabilities.AddOwned<IStorage>(_ => new MemoryStorage());
        return capabilities;
    }

    private List<string> ReadAllowList() => AllowListFailures-- > 0 ? throw new IOException("too many open files") : Allowed;

    /// <summary>A capability that names the caller it is bound to.</summary>
    private sealed class CallerEcho(CommandContext bound) : IHelp
    {
        public string Overview(CommandContext context) => $"for {bound.Caller.Name}";

        public string? About(CommandContext context, string command) => null;

        public ValueTask<CommandResult> ExplainAsync(CommandContext context, string line) =>
            ValueTask.FromResult<CommandResult>($"explained for {bound.Caller.Name}");
    }
}
