using System.Collections.Concurrent;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>The state of every plugin: its generations, and plugins that were found but do not run. Safe from any thread.</summary>
internal sealed partial class PluginListing(SwapHistory swapHistory, ILogger<PluginListing> log)
{
    private readonly ConcurrentDictionary<PluginSource, Row> notRunning = new();
    private readonly ConcurrentDictionary<string, PluginSlot> slots = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Number of generations by state. Collected ones count since the start.</summary>
    public IEnumerable<KeyValuePair<string, long>> Generations
    {
        get
        {
            var states = slots.Values.SelectMany(slot => slot.States).ToList();
            foreach (var state in (PluginState[])
                [PluginState.Starting, PluginState.Active, PluginState.Draining, PluginState.Stopped, PluginState.Leaked])
            {
                yield return new(state.Word(), states.Count(s => s == state));
            }

            yield return new(PluginState.Collected.Word(), slots.Values.Sum(slot => (long)slot.Collected));
        }
    }

    public IEnumerable<PluginSlot> Slots => slots.Values;

    public PluginSlot Slot(string id) => slots.GetOrAdd(id, static id => new(id));

    public PluginSlot? Find(string id) => slots.GetValueOrDefault(id);

    /// <summary>By id; the active generation of each first.</summary>
    public IReadOnlyList<PluginSummary> In(string language) =>
    [
        .. slots.Values.SelectMany(slot => SummariesOf(slot, language)).Concat(notRunning.Values.Select(row => row.In(language)))
            .OrderBy(s => s.Id, StringComparer.OrdinalIgnoreCase)
            .ThenBy(s => s.State != PluginState.Active.Word()).ThenBy(s => s.State, StringComparer.Ordinal),
    ];

    /// <summary>The latest changes of versions, newest first.</summary>
    public IReadOnlyList<PluginSwapSummary> SwapsIn(string language) => swapHistory.In(language);

    /// <summary>The first row of the plugin; null if it has none.</summary>
    public PluginSummary? SummaryOf(string id, string language) =>
        In(language).FirstOrDefault(s => s.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>Lists a plugin that does not run.</summary>
    /// <param name="manifest">Null if it could not be read; the file name then serves as the id.</param>
    /// <returns>False if nothing has changed.</returns>
    public bool Set(PluginSource source, PluginManifest? manifest, PluginState state, LocalizedText? note = null)
    {
        var row = new Row(new(InspectionResult.IdOf(source, manifest), manifest?.Version ?? "", state.Word()), note);
        if (notRunning.TryGetValue(source, out var known) && known == row) return false;
        notRunning[source] = row;
        return true;
    }

    /// <summary>Lists a plugin that does not run, and logs the reason if it is new.</summary>
    public void Refuse(PluginSource source, PluginManifest? manifest, PluginState state, LocalizedText reason, Exception? cause = null)
    {
        if (!Set(source, manifest, state, reason)) return;
        var id = InspectionResult.IdOf(source, manifest);
        if (state is PluginState.Inspected) LogWaiting(id, reason.English);
        else LogRefusal(Find(id), id, source, reason, cause);
    }

    public void LogFailedStart(PluginSlot slot, PluginSource source, PluginRefusedException refused, bool isQuarantined)
    {
        var quarantined = isQuarantined ? LocalizedText.Of(t => t.Quarantined) : null;
        LogRefusal(slot, slot.Id, source, LocalizedText.Join([refused.Reason, quarantined])!, refused.InnerException);
    }

    /// <summary>A refused replacement must not read as if the version before it had gone.</summary>
    private void LogRefusal(PluginSlot? slot, string id, PluginSource source, LocalizedText reason, Exception? cause)
    {
        var (failure, path) = (PluginFailure.Of(cause), Printable.Escape(source.Path));
        if (slot?.Active is { } active) LogNotReplaced(failure, id, active.Version, path, reason.English);
        else LogRefused(failure, id, path, reason.English);
    }

    public void Remove(PluginSource source) => notRunning.TryRemove(source, out _);

    /// <summary>Hides a collected generation if the plugin has another row.</summary>
    private IEnumerable<PluginSummary> SummariesOf(PluginSlot slot, string language)
    {
        var hasOther = notRunning.Values.Any(row => row.Summary.Id.Equals(slot.Id, StringComparison.OrdinalIgnoreCase));
        return slot.Summaries(language).Where(summary => !hasOther || summary.State != PluginState.Collected.Word());
    }

    [LoggerMessage(
        EventId = 772, EventName = "PluginRefused", Level = LogLevel.Error,
        Message = "Plugin {Plugin} from {Path} is not loaded. {Reason}")]
    private partial void LogRefused(Exception? cause, string plugin, string path, string reason);

    [LoggerMessage(
        EventId = 775, EventName = "PluginNotReplaced", Level = LogLevel.Error,
        Message = "Plugin {Plugin} {Version} keeps running; the version at {Path} could not replace it. {Reason}")]
    private partial void LogNotReplaced(Exception? cause, string plugin, string version, string path, string reason);

    [LoggerMessage(
        EventId = 773, EventName = "PluginWaiting", Level = LogLevel.Information, Message = "Plugin {Plugin} has a new version. {Reason}")]
    private partial void LogWaiting(string plugin, string reason);

    private sealed record Row(PluginSummary Summary, LocalizedText? Note)
    {
        public PluginSummary In(string language) => Note is null ? Summary : Summary with { Note = Note.In(language) };
    }
}
