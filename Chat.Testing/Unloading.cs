namespace Chat.Testing;

/// <summary>Follows dropped plugins to their end, with the clock of the test.</summary>
internal static class Unloading
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1), Breath = TimeSpan.FromMilliseconds(20), Limit = TimeSpan.FromSeconds(60);

    public static async Task ProveAsync(RunningDaemon daemon, TestTime time, Failures failures)
    {
        var expected = daemon.DeletePlugins();
        using var timeout = new CancellationTokenSource(Limit);
        using var breaths = new PeriodicTimer(Breath); // collections take real time, whatever the test's clock shows
        while (await daemon.LookAsync() is var states && states["collected"] < expected)
        {
            if (states["leaked"] > 0)
                throw failures.Of($"{string.Join(", ", daemon.Plugins.PluginsIn("en").Where(plugin => plugin.State == "leaked").Select(plugin => plugin.Id))} was taken out and has stopped, but something still refers to its code: a timer or loop that goes on, a static event, a cache of the platform. docs/plugins.md lists the usual causes.");
            time.Advance(Step);
            if (timeout.IsCancellationRequested) throw failures.Of($"The plugin was taken out, but has not ended within {Limit.TotalSeconds} s: {string.Join(", ", states.Where(s => s.Value > 0).Select(s => $"{s.Value} {s.Key}"))}.");
            await breaths.WaitForNextTickAsync();
        }
    }
}
