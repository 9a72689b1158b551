using Chat.Daemon.Hooks;
using Chat.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Commands;

/// <summary>Asks plugins for suggestions at the cursor. A source that is slow or fails adds none.</summary>
internal sealed partial class Suggestions(GuardedCalls calls, ILogger<Suggestions> log)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    /// <summary>UTF-16 units of the longest suggestion.</summary>
    private const int Longest = 256;

    /// <summary>Strings of one line without control characters; empty if the source does not answer in time, or may not be asked.</summary>
    public async ValueTask<IReadOnlyList<string>> AskAsync(
        CatalogueEntry entry, SuggestionSource source, CommandCall call, string typed, CancellationToken cancellation)
    {
        var (name, plugin) = (entry.Descriptor.Name, entry.Owner.Id);
        var site = new CallSite("suggestions for", name, plugin);
        if (await calls.EnterAsync(entry.Suggestions, site, cancellation) is not { } slot) return [];
        if (entry.Owner.TryLease() is not { } lease)
        {
            slot.Ended();
            return [];
        }
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Stopping);
        var asking = await calls.RunAsync(
            site, stop => AskAsync(lease, source, call.ContextOf(entry.Descriptor, "", stop), call.Origin, typed), Patience, quit.Token,
            slot: slot);
        if (asking.End is CallEnd.Answered) return await asking.Running;
        if (asking.End is CallEnd.Failed) LogFailed(asking.Failure, name, plugin);
        if (asking.End is CallEnd.Missed) LogMissedDeadline(name, plugin, Patience.TotalMilliseconds);
        return [];
    }

    private static async Task<IReadOnlyList<string>> AskAsync(
        PluginLease lease, SuggestionSource source, CommandContext context, object? origin, string typed)
    {
        try
        {
            await using var scope = InvocationScope.Create(lease.Container, context, origin);
            var suggested = await source(context, scope.ServiceProvider, typed)
                ?? throw new InvalidOperationException("The source returned null instead of a list.");
            // A list of the plugin's own type runs plugin code when it is read, so it is read here.
            return [.. suggested.Where(IsShown).Take(CommandCompletion.Most)];
        }
        finally
        {
            lease.Dispose();
        }
    }

    private static bool IsShown(string? text) =>
        text is { Length: > 0 and <= Longest } && !text.Any(char.IsControl) && TextRules.Harmless(text) == text;

    [LoggerMessage(EventId = 711, EventName = "SuggestionsFailed", Level = LogLevel.Error,
        Message = "Suggestions failed: {Command} of plugin {Plugin}")]
    private partial void LogFailed(Exception? failure, string command, string plugin);

    [LoggerMessage(EventId = 712, EventName = "SuggestionsMissedDeadline", Level = LogLevel.Warning,
        Message = "Suggestions missed their deadline: {Command} of plugin {Plugin} took more than {Milliseconds} ms")]
    private partial void LogMissedDeadline(string command, string plugin, double milliseconds);
}
