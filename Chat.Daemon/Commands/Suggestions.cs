using System.Collections.Concurrent;
using Chat.Daemon.Diagnostics;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Commands;

/// <summary>Asks plugins what could stand at the cursor. Their slowness and their bugs leave the list without their proposals, and the caller unharmed.</summary>
internal sealed partial class Suggestions(TimeProvider time, ILogger<Suggestions> log)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    /// <summary>Of one source: so many questions may be out that it has not answered in time. Each may hold a thread, and a client can ask as often as it likes.</summary>
    private const int MostLate = 4;

    /// <summary>What is longer is no proposal that one would pick; in UTF-16 units.</summary>
    private const int Longest = 256;

    private readonly ConcurrentDictionary<SuggestionSource, int> late = new();

    /// <summary>Strings of one line, none of which steers a terminal; empty where nothing came in time.</summary>
    public async ValueTask<IReadOnlyList<string>> AskAsync(CatalogueEntry entry, SuggestionSource source, CommandCall call, string typed, CancellationToken cancellation)
    {
        if (late.GetValueOrDefault(source) >= MostLate) return [];
        if (entry.Owner.TryLease() is not { } lease) return [];
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Stopping);
        var stop = new CancellationTokenSource(); // never disposed: a source that outlives its time may still use its token
        var startedAt = time.GetTimestamp();
        var asking = Start(lease, source, call.ContextOf(entry.Descriptor, "", stop.Token), call.Origin, typed);
        await ((Task)asking).WaitAsync(Patience, time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (asking.IsCompletedSuccessfully) return await asking;
        if (asking.IsCompleted) Failed(PluginFailure.Of(asking.Exception?.InnerException), entry.Descriptor.Name, entry.Owner.Id);
        else _ = AbandonAsync(asking, stop, entry, source, ended.IsCancellationRequested ? null : startedAt);
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
            var proposed = await source(context, scope.ServiceProvider, typed) ?? throw new InvalidOperationException("The source gave no list.");
            // A list of the plugin's own type may do anything when it is read, so it is read here.
            return [.. proposed.Where(s => s is { Length: > 0 and <= Longest } && !s.Any(char.IsControl) && TextRules.Harmless(s) == s).Take(CommandCompletion.Most)];
        }
        finally
        {
            lease.Dispose();
        }
    }

    /// <summary>Not waited for: what a plugin registered on the token may block.</summary>
    /// <param name="startedAt">Null where it is not its slowness that ended it.</param>
    private async Task AbandonAsync(Task asking, CancellationTokenSource stop, CatalogueEntry entry, SuggestionSource source, long? startedAt)
    {
        late.AddOrUpdate(source, 1, (_, count) => count + 1);
        await Task.WhenAll(stop.CancelAsync(), asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (late.AddOrUpdate(source, 0, (_, count) => count - 1) == 0) late.TryRemove(KeyValuePair.Create(source, 0)); // kept, it would keep the plugin loaded
        var (name, plugin) = (entry.Descriptor.Name, entry.Owner.Id);
        if (asking.Exception?.InnerException is { } failure) Failed(PluginFailure.Of(failure), name, plugin);
        else if (startedAt is { } began) Slow(name, plugin, time.GetElapsedTime(began).TotalMilliseconds);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Suggestions for {Command} of {Plugin} failed.")]
    private partial void Failed(Exception? failure, string command, string plugin);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Suggestions for {Command} of {Plugin} took {Milliseconds} ms: too long, they were left out.")]
    private partial void Slow(string command, string plugin, double milliseconds);
}
