using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>What swaps tell the operator: log lines, and a history. Used by the reconcile loop alone.</summary>
internal sealed partial class SwapReports(SwapHistory swapHistory, ILogger<PluginSwap> log)
{
    /// <returns>To be given back when the swap has ended.</returns>
    public long Begin() => swapHistory.Timestamp;

    public void Replaced(
        string id, PluginCandidate candidate, string? before, PluginDifference difference, LocalizedText? note, long begun)
    {
        var (version, path) = (candidate.Manifest.Version, Printable.Escape(candidate.Source.Path));
        swapHistory.Add(new(id, before is null ? "started" : "replaced", before, version, null), begun);
        // A list of what the shipped plugins bring at every start would bury the lines that matter.
        var isNews = before is not null || candidate.Source.Origin is PluginOrigin.Dropped;
        var sentences = new[] { isNews ? difference.ToString() : "", note?.English ?? "" }.Where(sentence => sentence.Length > 0);
        var remarks = string.Concat(sentences.Select(sentence => $" {sentence}"));
        if (before is null) LogActive(id, version, path, remarks);
        else LogReplaced(id, version, path, before, remarks);
    }

    /// <summary>The refusal itself is logged with what follows from it.</summary>
    public void Refused(string id, PluginCandidate candidate, string? before, LocalizedText reason, long begun) =>
        swapHistory.Add(new(id, "refused", before, candidate.Manifest.Version, reason), begun);

    public void Removed(string id, string version)
    {
        swapHistory.Add(new(id, "removed", version, null, null), begun: null);
        LogRemoved(id, version);
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
