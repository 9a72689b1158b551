using System.Diagnostics;

namespace Chat.Testing;

/// <summary>Checks that removed plugins stop and leave memory, with the test's clock.</summary>
internal static class Unloading
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // In real time: the test's clock runs through all of the daemon's own tries sooner than a busy machine can collect garbage.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    public static async Task ProveAsync(RunningDaemon daemon, TestTime time, Failures failures)
    {
        var expected = daemon.DeletePlugins();
        using var timeout = new CancellationTokenSource(Limit);
        using var polls = new PeriodicTimer(PollInterval); // garbage collections take real time
        while (await daemon.LookAsync() is var states && states["collected"] < expected)
        {
            if (states["leaked"] > 0 && !await IsCollectedLateAsync(daemon, polls)) throw failures.Of(Leaked(daemon));
            time.Advance(Step);
            if (timeout.IsCancellationRequested) throw failures.Of(Stuck(states));
            await polls.WaitForNextTickAsync();
        }
    }

    private static async Task<bool> IsCollectedLateAsync(RunningDaemon daemon, PeriodicTimer polls)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Grace)
        {
            await polls.WaitForNextTickAsync();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            if ((await daemon.LookAsync())["leaked"] == 0) return true;
        }
        return false;
    }

    private static string Leaked(RunningDaemon daemon)
    {
        var ids = daemon.Plugins.PluginsIn("en").Where(plugin => plugin.State == "leaked").Select(plugin => plugin.Id);
        return $"{string.Join(", ", ids)} stopped, but stays in memory because something still refers to its code: "
            + "a timer or loop that is still running, a static event, or a cache of the platform. docs/plugins.md lists the usual causes.";
    }

    private static string Stuck(IReadOnlyDictionary<string, long> states)
    {
        var counts = states.Where(state => state.Value > 0).Select(state => $"{state.Value} {state.Key}");
        return $"The plugin did not stop within {Limit.TotalSeconds} s: {string.Join(", ", counts)}.";
    }
}
