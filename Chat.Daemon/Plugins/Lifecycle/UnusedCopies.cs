using Chat.Daemon.Plugins.Inspection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Deletes staged copies that no plugin needs. Used by the reconcile loop alone.</summary>
internal sealed partial class UnusedCopies(
    StagingFolder staging, PluginInventory inventory, PluginListing listing, PluginStore store, ILogger<UnusedCopies> log)
{
    public void Delete()
    {
        try
        {
            staging.Prune(inventory.Hashes.Concat(store.Hashes).Concat(listing.Slots.SelectMany(HashesOf)).ToHashSet());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogFailed(failure);
        }
    }

    /// <summary>Of generations that are still in memory.</summary>
    private static IEnumerable<string> HashesOf(PluginSlot slot) =>
        slot.Unloading.Select(generation => generation.Hash).Append(slot.Candidate?.Hash).OfType<string>();

    [LoggerMessage(
        EventId = 741, EventName = "PluginCopiesNotDeleted", Level = LogLevel.Warning, Message = "Cannot delete old copies of plugins.")]
    private partial void LogFailed(Exception failure);
}
