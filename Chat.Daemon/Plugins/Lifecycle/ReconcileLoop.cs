using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Chat.Daemon.Plugins.Discovery;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>
/// The one loop that changes plugins: it runs requests, scans the folders and reconciles, one step at a time. A problem in one plugin is a
/// line in the log; the daemon and the other plugins carry on.
/// </summary>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "A request may still read the token after the stop; the source holds nothing else.")]
internal sealed partial class ReconcileLoop(
    ReconcileSignal signal, PluginInventory inventory, PluginReconciler reconciler, UnusedCopies unusedCopies, ILogger<ReconcileLoop> log)
{
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<Func<CancellationToken, Task>> requests = new();
    private Task running = Task.CompletedTask;
    private bool mustRetry;

    /// <summary>Starts all plugins, then keeps watching. Called once.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        inventory.ScanAll();
        await ReconcileAsync(cancellation);
        using var clean = ExecutionContext.SuppressFlow();
        running = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Scans now. Completes when the changes that have settled are in effect.</summary>
    public Task ScanAsync() => RunAsync(async stopping =>
    {
        await ScanAsync(stopping);
        return true;
    });

    /// <summary>Runs a request between two scans and returns its result.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> request)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ended = stop.Token.Register(() => done.TrySetCanceled(stop.Token));
        requests.Enqueue(async stopping =>
        {
            try
            {
                done.TrySetResult(await request(stopping));
            }
            catch (Exception failure)
            {
                done.TrySetException(failure);
                throw;
            }
        });
        signal.Wake();
        return await done.Task;
    }

    /// <summary>Reconciles soon, even if no file has changed.</summary>
    public void RequestReconcile() => signal.RequestReconcile();

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await running;
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                while (requests.TryDequeue(out var request)) await request(stop.Token);
                await ScanAsync(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) // a request's; its caller has it too
            {
                LogFailed(failure);
                mustRetry = true; // it may have stopped half-way
            }
            await signal.WaitAsync(inventory.NextScanDelay, stop.Token);
        }
    }

    private async Task ScanAsync(CancellationToken cancellation)
    {
        var isRequested = signal.TakeRequest();
        var hasChanged = inventory.Scan();
        var isMended = reconciler.ForgetMended();
        if (isRequested || hasChanged || isMended || mustRetry) await ReconcileAsync(cancellation);
    }

    private async Task ReconcileAsync(CancellationToken cancellation)
    {
        mustRetry = false;
        try
        {
            await reconciler.ReconcileAllAsync(cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(failure);
            mustRetry = true; // with the next scan
        }
        unusedCopies.Delete();
    }

    [LoggerMessage(
        EventId = 740, EventName = "PluginReconcileFailed", Level = LogLevel.Error,
        Message = "Cannot update the plugins; the daemon tries again.")]
    private partial void LogFailed(Exception failure);
}
