namespace Chat.Testing;

/// <summary>Replaces a plugin by itself, and waits until the previous instance has handed over its state.</summary>
internal static class Replacing
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(RunningDaemon daemon, string plugin, Failures failures)
    {
        if (await daemon.ReplaceAsync(plugin) is { } reason)
            throw failures.Of($"Could not replace {plugin}: {reason}. Plugins: {Known(daemon)}.");
        using var timeout = Deadline.Start();
        using var polls = new PeriodicTimer(PollInterval); // invocations take real time
        while ((await daemon.LookAsync())["draining"] > 0)
        {
            if (timeout.IsCancellationRequested) throw failures.Of(Stuck(plugin));
            await polls.WaitForNextTickAsync();
        }
    }

    private static string Known(RunningDaemon daemon) => string.Join(", ", daemon.Plugins.PluginsIn("en").Select(plugin => plugin.Id));

    private static string Stuck(string plugin) =>
        $"{plugin} was replaced, but the previous instance did not stop within {Deadline.Seconds} s: "
        + "an invocation is still running, or its objects take too long to dispose.";
}
