using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>What was found and does not run, and why.</summary>
internal sealed partial class PluginRoster
{
    private static readonly Sentence NotAgain = Sentence.Of(t => t.NotAgain);

    private void ShowWaiting(PluginSlot slot)
    {
        var (memory, of) = (store[slot.Id], finds.Of(slot.Id));
        foreach (var candidate in of.All)
        {
            if (StateOf(slot, memory, of, candidate) is not var (state, reason)) listing.Remove(candidate.Source);
            else if (state is PluginState.Disabled || slot.Failed.ContainsKey(candidate.Hash)) listing.Set(candidate.Source, candidate.Manifest, state, reason); // logged when it came about
            else Refuse(candidate.Source, candidate.Manifest, state, reason!, null);
        }
    }

    private (PluginState State, Sentence? Reason)? StateOf(PluginSlot slot, PluginMemory memory, FoundOfId of, PluginCandidate candidate)
    {
        if (memory.Disabled) return (PluginState.Disabled, null);
        if (memory.Quarantined == candidate.Hash)
            return (PluginState.Quarantined, slot.Failed.GetValueOrDefault(candidate.Hash) is { } start ? start.Reason + NotAgain : NotAgain);
        if (slot.Failed.TryGetValue(candidate.Hash, out var failed)) return (PluginState.Faulted, failed.Reason);
        if (allowed.Problem(candidate) is { } problem) return (PluginState.Faulted, problem);
        if (of.Rivals.Contains(candidate)) return (PluginState.Faulted, Sentence.Of(t => t.SameId(slot.Id, of.Dropped!.Source.Path)));
        if (slot.Candidate?.Hash != candidate.Hash && of.First == candidate && IsBusy(slot)) return (PluginState.Inspected, Sentence.Of(t => t.Waits));
        return null;
    }

    private void Refuse(PluginSource source, PluginManifest? manifest, PluginState state, Sentence reason, Exception? cause)
    {
        if (!listing.Set(source, manifest, state, reason)) return;
        if (state is PluginState.Inspected) Waits(PluginListing.IdOf(source, manifest), reason.English);
        else Refused(PluginFailure.Of(cause), PluginListing.IdOf(source, manifest), Printable.Escape(source.Path), reason.English);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin} from {Path} is not loaded. {Reason}")]
    private partial void Refused(Exception? cause, string plugin, string path, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin {Plugin} is to change. {Reason}")]
    private partial void Waits(string plugin, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason} Plugin {Plugin} can't be rolled back to it.")]
    private partial void NotReopened(string reason, string plugin);
}
