using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Starts a generation beside the active one, exchanges their commands and hooks in one step, then unloads the old one.</summary>
internal sealed partial class PluginSwap(
    PluginStarter starter, StartMarks marks, CataloguePublisher publisher, PluginUnloader unloader, ILogger<PluginSwap> log)
{
    /// <summary>The old generation stays active until this returns, and keeps running if it throws.</summary>
    /// <returns>Whether names of commands became free.</returns>
    /// <exception cref="PluginRefusedException">It did not start, or another plugin has one of its names.</exception>
    public async Task<bool> ReplaceAsync(PluginSlot slot, PluginCandidate candidate, LocalizedText? note, CancellationToken cancellation)
    {
        if (publisher.ConflictOf(candidate.Manifest.Names, slot.Active) is { } conflict) // before any of its code runs
            throw new PluginRefusedException(conflict, PluginFault.Conflict);
        // The shipped plugins are as trusted as the daemon; without them, nobody could end a quarantine.
        if (candidate.Source.Origin is PluginOrigin.Shipped) return await ExchangeAsync(slot, candidate, note, cancellation);
        marks.Begin(slot.Id, candidate.Hash);
        try
        {
            var freedNames = await ExchangeAsync(slot, candidate, note, cancellation);
            marks.Started(slot.Id);
            return freedNames;
        }
        catch (Exception)
        {
            marks.Forget(slot.Id);
            throw;
        }
    }

    private async Task<bool> ExchangeAsync(PluginSlot slot, PluginCandidate candidate, LocalizedText? note, CancellationToken cancellation)
    {
        var (before, manifestBefore) = (slot.Active, slot.Candidate?.Manifest);
        var generation = await StartAsync(slot, candidate, cancellation);
        var difference = PluginDifference.Of(before, manifestBefore, generation, candidate.Manifest); // may throw, so before the swap
        if (publisher.Replace(before, generation) is { } problem)
        {
            unloader.Unload(slot, generation, successor: null, wasActive: false);
            throw new PluginRefusedException(problem, PluginFault.Conflict);
        }
        slot.Activate(generation, candidate, note);
        Log(slot.Id, candidate, before, difference, note);
        if (before is not null) unloader.Unload(slot, before, generation);
        return difference.RemovedCommands.Count > 0;
    }

    /// <returns>Whether a generation was active.</returns>
    public bool Remove(PluginSlot slot)
    {
        if (slot.Active is not { } active) return false;
        publisher.Remove([active]);
        slot.Deactivate();
        LogRemoved(slot.Id, active.Version);
        unloader.Unload(slot, active, successor: null);
        return true;
    }

    private async Task<PluginGeneration> StartAsync(PluginSlot slot, PluginCandidate candidate, CancellationToken cancellation)
    {
        try
        {
            return await starter.StartAsync(candidate, cancellation);
        }
        catch (PluginRefusedException refused) when (refused.LeakTrace is not null)
        {
            unloader.Watch(slot, candidate, refused.LeakTrace);
            throw;
        }
    }

    private void Log(string id, PluginCandidate candidate, PluginGeneration? before, PluginDifference difference, LocalizedText? note)
    {
        var (version, path) = (candidate.Manifest.Version, Printable.Escape(candidate.Source.Path));
        // A list of what the shipped plugins bring at every start would bury the lines that matter.
        var isNews = before is not null || candidate.Source.Origin is PluginOrigin.Dropped;
        var sentences = new[] { isNews ? difference.ToString() : "", note?.English ?? "" }.Where(sentence => sentence.Length > 0);
        var remarks = string.Concat(sentences.Select(sentence => $" {sentence}"));
        if (before is null) LogActive(id, version, path, remarks);
        else LogReplaced(id, version, path, before.Version, remarks);
    }

    [LoggerMessage(
        EventId = 720, EventName = "PluginActive", Level = LogLevel.Information,
        Message = "Plugin {Plugin} {Version} from {Path} is active.{Remarks}")]
    private partial void LogActive(string plugin, string version, string path, string remarks);

    [LoggerMessage(
        EventId = 721, EventName = "PluginReplaced", Level = LogLevel.Information,
        Message = "Plugin {Plugin} {Version} from {Path} is active in place of {Before}.{Remarks}")]
    private partial void LogReplaced(string plugin, string version, string path, string before, string remarks);

    [LoggerMessage(
        EventId = 722, EventName = "PluginRemoved", Level = LogLevel.Information,
        Message = "Plugin {Plugin} {Version} was removed with its commands.")]
    private partial void LogRemoved(string plugin, string version);
}
