using System.Diagnostics.CodeAnalysis;
using Chat.Daemon.Commands;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins;

/// <summary>One load of a plugin, from its start to its stop: owns its commands, its container and its code. Safe from any thread.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "An invocation that outlives everything may still look at the token; the source holds nothing else.")]
internal sealed partial class PluginGeneration(
    string id, IReadOnlyList<CommandDescriptor> commands, ServiceProvider container, PluginAssembly assembly, TimeProvider time, ILogger log) : ICommandOwner
{
    private readonly ServiceProvider scopes = container;
    private readonly Lock gate = new(); // guards the three below
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int leases;
    private bool drains;
    private readonly CancellationTokenSource stopping = new();

    public string Id => id;

    public IReadOnlyList<CommandDescriptor> Commands => commands;

    /// <summary>Set once, right after the container is built: they hold this.</summary>
    public HookSet Hooks { get; set; } = null!;

    public ICommandLease? TryLease()
    {
        lock (gate)
        {
            if (drains) return null;
            leases++;
            return new Lease(this);
        }
    }

    /// <summary>Gives no more leases, waits for those that are held, cancels them, waits again, then takes everything down. Called once, when the catalogue names it no more.</summary>
    /// <param name="patience">Before the cancellation.</param>
    /// <param name="grace">After it, and again for the container's own end.</param>
    public async Task StopAsync(TimeSpan patience, TimeSpan grace)
    {
        lock (gate)
        {
            drains = true;
            if (leases == 0) drained.TrySetResult();
        }
        if (!await EndsWithinAsync(drained.Task, patience))
        {
            await stopping.CancelAsync();
            if (!await EndsWithinAsync(drained.Task, grace)) StillRunning(id, Volatile.Read(ref leases));
        }
        await DisposeContainerAsync(grace);
        assembly.Dispose();
    }

    private async Task DisposeContainerAsync(TimeSpan grace)
    {
        Task disposing;
        using (ExecutionContext.SuppressFlow()) disposing = Task.Run(() => scopes.DisposeAsync().AsTask());
        if (!await EndsWithinAsync(disposing, grace)) DisposesSlowly(id);
        else if (disposing.Exception is { } failure) DisposedBadly(PluginFailure.Of(failure), id);
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan limit)
    {
        await task.WaitAsync(limit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }

    private void Release()
    {
        lock (gate)
            if (--leases == 0 && drains) drained.TrySetResult();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin} stops while {Count} of its invocations still run, which ignore their cancellation.")]
    private partial void StillRunning(string plugin, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin} takes too long to dispose of what it made; the daemon goes on without waiting.")]
    private partial void DisposesSlowly(string plugin);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin} threw while what it made was disposed of.")]
    private partial void DisposedBadly(Exception? failure, string plugin);

    private sealed class Lease(PluginGeneration generation) : ICommandLease
    {
        private bool isReturned;

        public CancellationToken Stopping => generation.stopping.Token;

        public AsyncServiceScope CreateScope(CommandContext context, object? origin) => InvocationScope.Create(generation.scopes, context, origin);

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref isReturned, true)) generation.Release();
        }
    }
}
