using System.Runtime.CompilerServices;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Whether a stopped generation is really gone: collects garbage, a bounded number of times, and looks.</summary>
internal static class UnloadProof
{
    /// <summary>A load context is taken apart in steps, each of which a collection and the finalizers behind it must discover.</summary>
    private const int Passes = 4;

    /// <summary>A finalizer of a plugin's may hang, and with it everybody who waits for finalizers.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <param name="rounds">When to look, counted from now.</param>
    /// <returns>False where it is still there after the last round.</returns>
    public static async Task<bool> RunAsync(PluginUnload departure, IReadOnlyList<TimeSpan> rounds, TimeProvider time, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        foreach (var round in rounds)
        {
            var left = round - time.GetElapsedTime(began);
            if (left > TimeSpan.Zero) await Task.Delay(left, time, cancellation);
            await CollectAsync(departure).WaitAsync(Limit, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (departure.IsGone) return true;
        }
        return false;
    }

    /// <summary>On a thread of its own: what waits for finalizers must hold nobody up.</summary>
    private static Task CollectAsync(PluginUnload departure)
    {
        using var clean = ExecutionContext.SuppressFlow();
        return Task.Factory.StartNew(() => Collect(departure), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect(PluginUnload departure)
    {
        for (var pass = 0; pass < Passes && !departure.IsGone; pass++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
