using Chat.Daemon.Plugins.Lifecycle;
using Chat.TestKit;

namespace Chat.Plugins.Tests.Lifecycle.Swaps;

/// <summary>Drops versions of a plugin one after another into the drop folder of a daemon.</summary>
internal sealed class SwapSeries : IAsyncDisposable
{
    private static readonly (string, string)[] Quick =
        [("Chat:Plugins:SettleMilliseconds", "50"), ("Chat:Plugins:PollMilliseconds", "250")];

    private readonly string fixture;
    private readonly SwapReport report;

    private SwapSeries(string fixture, SwapReport report, CapturedLog log, TestDaemon daemon) =>
        (this.fixture, this.report, Log, Daemon) = (fixture, report, log, daemon);

    public CapturedLog Log { get; }

    public TestDaemon Daemon { get; }

    /// <summary>The largest number of generations that existed at a time.</summary>
    public long MostAlive { get; private set; }

    public string Folder => Path.Combine(Daemon.Folder, "Plugins");

    private string Id => fixture.ToLowerInvariant();

    /// <summary>Returns when version 1 is active.</summary>
    public static async Task<SwapSeries> StartAsync(string fixture, SwapReport report)
    {
        var log = new CapturedLog();
        var series = new SwapSeries(fixture, report, log, await TestDaemon.StartAsync(log, null, Quick));
        Directory.CreateDirectory(series.Folder);
        await series.DropAsync(1);
        return series;
    }

    /// <summary>Drops each version once the one before it is active.</summary>
    public async Task SwapAsync(int from, int count)
    {
        for (var number = from; number < from + count; number++) await DropAsync(number);
    }

    /// <summary>Returns when the version is active.</summary>
    public async Task DropAsync(int number, string mood = "calm!")
    {
        report.Dropped = number;
        await File.WriteAllBytesAsync(Path.Combine(Folder, fixture + ".dll"), FixtureVersion.Of(number, mood, fixture));
        var line = $"Plugin {Id} {FixtureVersion.NameOf(number)} from";
        await Log.UntilAsync(() =>
        {
            MostAlive = Math.Max(MostAlive, Alive());
            return Log.Lines.Any(l => l.Text.StartsWith(line, StringComparison.Ordinal));
        });
        report.Active = number;
    }

    /// <summary>Deletes the plugin. Returns when it is removed.</summary>
    public async Task RemoveAsync()
    {
        var line = $"Plugin {Id} {FixtureVersion.NameOf(report.Active)} was removed";
        report.BareUpTo = report.Active;
        File.Delete(Path.Combine(Folder, fixture + ".dll"));
        await Log.HasAsync(line);
        report.Active = 0;
    }

    /// <summary>Waits until this many generations are collected.</summary>
    public async Task CollectedAsync(int count)
    {
        try
        {
            await Log.UntilAsync(() => Plugins.Generations.Single(g => g.Key == "collected").Value == count);
        }
        catch (Exception failure) when (failure is TimeoutException or OperationCanceledException)
        {
            var lines = Log.Lines.Where(l => l.Text.StartsWith("Plugin " + Id, StringComparison.Ordinal)).Select(l => l.Text).TakeLast(30);
            Assert.Fail($"Expected {count} collected, got {string.Join(", ", Plugins.Generations)}:\n{string.Join('\n', lines)}");
        }
    }

    public ValueTask DisposeAsync() => Daemon.DisposeAsync();

    private PluginSupervisor Plugins => Daemon.Get<PluginSupervisor>();

    private long Alive() => Plugins.PluginsIn("en").Count(p => p.Id == Id && p.State is "active" or "starting" or "draining" or "stopped");
}
