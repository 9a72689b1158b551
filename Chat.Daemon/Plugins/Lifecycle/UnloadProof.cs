using System.Runtime.CompilerServices;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Checks that a stopped generation is gone from memory: collects garbage a few times and looks at its weak references.</summary>
internal static class UnloadProof
{
    /// <summary>A load context is taken apart in steps; each needs a collection and a run of the finalizers.</summary>
    private const int Passes = 4;

    /// <summary>A plugin's finalizer may hang, and waiting for finalizers with it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <param name="rounds">When to check, counted from now.</param>
    /// <returns>False if something is left after the last round.</returns>
    public static async Task<bool> RunAsync(
        UnloadingGeneration generation, IReadOnlyList<TimeSpan> rounds, TimeProvider time, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        foreach (var round in rounds)
        {
            var left = round - time.GetElapsedTime(began);
            if (left > TimeSpan.Zero) await Task.Delay(left, time, cancellation);
            var collecting = CollectAsync(generation);
            await collecting.WaitAsync(Limit, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (generation.IsGone) return true;
        }
        return false;
    }

    /// <summary>On a thread of its own, because waiting for finalizers may block.</summary>
    private static Task CollectAsync(UnloadingGeneration generation)
    {
        using var clean = ExecutionContext.SuppressFlow();
        return Task.Factory.StartNew(
            () => Collect(generation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect(UnloadingGeneration generation)
    {
        for (var pass = 0; pass < Passes && !generation.IsGone; pass++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
