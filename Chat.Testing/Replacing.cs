namespace Chat.Testing;

/// <summary>Puts a plugin in its own place, and follows what ran before until it has handed on what it had.</summary>
internal static class Replacing
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(RunningDaemon daemon, string plugin, Failures failures)
    {
        if (await daemon.ReplaceAsync(plugin) is { } reason)
            throw failures.Of($"{plugin} was not replaced: {reason}. There are {string.Join(", ", daemon.Plugins.PluginsIn("en").Select(known => known.Id))}.");
        using var timeout = Deadline.Start();
        using var breaths = new PeriodicTimer(Breath); // the calls that it still answers take real time
        while ((await daemon.LookAsync())["draining"] > 0)
        {
            if (timeout.IsCancellationRequested) throw failures.Of($"{plugin} answers anew, but what ran before has not ended within {Deadline.Seconds} s: a call goes on, or what it made takes long to dispose of.");
            await breaths.WaitForNextTickAsync();
        }
    }
}
