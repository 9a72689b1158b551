using Chat.Daemon.Plugins;

namespace Chat.Plugins.Tests.Swaps;

/// <summary>Users over real connections, ten in a room, and versions of a plugin that are dropped under them.</summary>
internal sealed class SwapCrowd : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<SwapUser> users = [];
    private readonly PluginSupervisor plugins;
    private readonly string dropped;
    private readonly CapturedLog log;
    private readonly SwapReport report;
    private Task chatting = Task.CompletedTask;

    private SwapCrowd(PluginSupervisor plugins, string dropped, CapturedLog log, SwapReport report) => (this.plugins, this.dropped, this.log, this.report) = (plugins, dropped, log, report);

    /// <summary>The most generations that were alive at a time.</summary>
    public long MostAlive { get; private set; }

    /// <param name="dropped">The drop folder, where version 1 runs already.</param>
    public static async Task<SwapCrowd> GatherAsync(int port, PluginSupervisor plugins, string dropped, CapturedLog log, SwapReport report, int count, TimeSpan pause)
    {
        var crowd = new SwapCrowd(plugins, dropped, log, report);
        (report.Active, report.Dropped) = (1, 1);
        for (var number = 0; number < count; number++) crowd.users.Add(await SwapUser.EnterAsync(port, $"u{number}", $"r{number / 10}", report));
        crowd.chatting = Task.WhenAll(crowd.users.Select(user => Task.Run(() => user.ChatAsync(pause, crowd.stop.Token))));
        return crowd;
    }

    /// <summary>Drops versions, each when the one before it is reported active.</summary>
    public async Task SwapAsync(int from, int count, Func<int, byte[]> version)
    {
        for (var number = from; number < from + count; number++)
        {
            report.Dropped = number;
            var file = Path.Combine(dropped, "Versioned.dll");
            await File.WriteAllBytesAsync(file, version(number));
            var line = $"Plugin versioned {Versions.NameOf(number)} from";
            await log.UntilAsync(() =>
            {
                MostAlive = Math.Max(MostAlive, Alive());
                return log.Lines.Any(l => l.Text.StartsWith(line, StringComparison.Ordinal));
            });
            report.Active = number;
        }
    }

    public long Alive() => plugins.PluginsIn("en").Count(p => p is { Id: "versioned", State: "active" or "starting" or "draining" or "stopped" });

    /// <summary>Completes when nobody waits for an answer any more.</summary>
    public async Task HushAsync()
    {
        await stop.CancelAsync();
        await chatting;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var user in users) await user.DisposeAsync();
        stop.Dispose();
    }
}
