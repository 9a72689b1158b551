using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Commands;

/// <summary>Asks plugins what could stand at the cursor. Their slowness and their bugs leave the list without their proposals, and the caller unharmed.</summary>
internal sealed partial class SuggestionDesk(TimeProvider time, ILogger<SuggestionDesk> log)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    public async ValueTask<IReadOnlyList<string>> AskAsync(CatalogueEntry entry, SuggestionSource source, CommandCall call, string typed, CancellationToken cancellation)
    {
        if (entry.Owner.TryLease() is not { } lease) return [];
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Stopping);
        var stop = new CancellationTokenSource(); // never disposed: a source that outlives its time may still use its token
        var asking = Start(lease, source, call.ContextOf(entry.Descriptor, "", stop.Token), call.Origin, typed);
        await ((Task)asking).WaitAsync(Patience, time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (asking.IsCompletedSuccessfully) return await asking;
        _ = ReportAsync(asking, stop, entry);
        return [];
    }

    private static Task<IReadOnlyList<string>> Start(ICommandLease lease, SuggestionSource source, CommandContext context, object? origin, string typed)
    {
        using var clean = ExecutionContext.SuppressFlow();
        return Task.Run(() => AskAsync(lease, source, context, origin, typed));
    }

    private static async Task<IReadOnlyList<string>> AskAsync(ICommandLease lease, SuggestionSource source, CommandContext context, object? origin, string typed)
    {
        try
        {
            await using var scope = lease.CreateScope(context, origin);
            return await source(context, scope.ServiceProvider, typed);
        }
        finally
        {
            lease.Dispose();
        }
    }

    /// <summary>Not waited for: what a plugin registered on the token may block.</summary>
    private async Task ReportAsync(Task asking, CancellationTokenSource stop, CatalogueEntry entry)
    {
        var startedAt = time.GetTimestamp();
        await stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (asking.Exception?.InnerException is { } failure) Failed(PluginFailure.Of(failure), entry.Descriptor.Name, entry.Owner.Id);
        else Slow(entry.Descriptor.Name, entry.Owner.Id, (Patience + time.GetElapsedTime(startedAt)).TotalMilliseconds);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Suggestions for {Command} of {Plugin} failed.")]
    private partial void Failed(Exception? failure, string command, string plugin);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Suggestions for {Command} of {Plugin} took {Milliseconds} ms: too long, they were left out.")]
    private partial void Slow(string command, string plugin, double milliseconds);
}
