using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Puts one generation in the place of another: starts it beside, exchanges the commands in one step, then lets the old one go.</summary>
internal sealed partial class PluginSwap(PluginStarter starter, CataloguePublisher catalogue, PluginUnloading departures, ILogger<PluginSwap> log)
{
    /// <summary>Until it returns what served before goes on; if it throws, also afterwards.</summary>
    /// <returns>True where names of commands became free.</returns>
    /// <exception cref="PluginRefusedException">It did not start, or wants names that are taken.</exception>
    public async Task<bool> ExchangeAsync(PluginSlot slot, PluginCandidate candidate, Sentence? note, CancellationToken cancellation)
    {
        var (before, manifestBefore) = (slot.Active, slot.Candidate?.Manifest);
        if (catalogue.ConflictOf(candidate.Manifest.Names, before) is { } taken) throw new PluginRefusedException(taken, Fault.Conflict); // before anything of it runs
        var generation = await StartAsync(slot, candidate, cancellation);
        var difference = PluginDifference.Of(before, manifestBefore, generation, candidate.Manifest); // what may throw comes first
        if (catalogue.Replace(before, generation) is { } problem)
        {
            departures.Begin(slot, generation, null, hasServed: false);
            throw new PluginRefusedException(problem, Fault.Conflict);
        }
        slot.Serve(generation, candidate, note);
        var (id, version, path) = (slot.Id, candidate.Manifest.Version, Printable.Escape(candidate.Source.Path));
        var remarks = string.Concat(new[] { IsNews(before, candidate) ? $"{difference}" : "", note?.English }.Where(remark => !string.IsNullOrEmpty(remark)).Select(remark => $" {remark}"));
        if (before is null) Active(id, version, path, remarks);
        else Replaced(id, version, path, before.Version, remarks);
        if (before is not null) departures.Begin(slot, before, generation);
        return difference.Commands.Removed.Count > 0;
    }

    /// <summary>What came with the program and starts with it is no news: it would bury the lines that are.</summary>
    private static bool IsNews(PluginGeneration? before, PluginCandidate candidate) => before is not null || candidate.Source.Origin is PluginOrigin.Dropped;

    private async Task<PluginGeneration> StartAsync(PluginSlot slot, PluginCandidate candidate, CancellationToken cancellation)
    {
        try
        {
            return await starter.StartAsync(candidate, cancellation);
        }
        catch (PluginRefusedException refused) when (refused.Remains is not null)
        {
            departures.Begin(slot, candidate, refused.Remains);
            throw;
        }
    }

    /// <returns>True where something ran.</returns>
    public bool Remove(PluginSlot slot)
    {
        if (slot.Active is not { } active) return false;
        catalogue.Remove([active]);
        slot.Serve(null, null, null);
        Removed(slot.Id, active.Version);
        departures.Begin(slot, active, null);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin {Plugin} {Version} from {Path} is active.{Remarks}")]
    private partial void Active(string plugin, string version, string path, string remarks);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin {Plugin} {Version} from {Path} is active in place of {Before}.{Remarks}")]
    private partial void Replaced(string plugin, string version, string path, string before, string remarks);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin {Plugin} {Version} is taken out; its commands are gone.")]
    private partial void Removed(string plugin, string version);
}
