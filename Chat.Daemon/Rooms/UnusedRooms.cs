using Chat.Daemon.Configuration;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Rooms;

/// <summary>
/// Deletes public rooms that nobody needs once the last user has left: without a message, a topic or a rule. At the start and every hour it
/// also looks for those that were missed, because the daemon was killed or the storage failed.
/// </summary>
internal sealed partial class UnusedRooms(
    EmptiedRooms emptiedRooms, RoomDeletion deletion, RoomStore roomStore, OptionsSource options, ILogger<UnusedRooms> logger)
    : BackgroundService, IStartupStep, IPeriodicTask
{
    private const int PageSize = 200;

    /// <summary>Of these rooms, a log in memory cannot tell whether they had messages before the start.</summary>
    private long lastUnknown;

    TimeSpan IPeriodicTask.Period => TimeSpan.FromHours(1);

    async Task IStartupStep.RunAsync(CancellationToken cancellation)
    {
        if (options.Current.History.Durability == Durability.None) lastUnknown = await roomStore.LastIdAsync(cancellation);
    }

    async Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        IReadOnlyList<(ConversationId Id, string Key, string Name)> page;
        for (var after = ""; (page = await roomStore.UnusedAsync(after, PageSize, cancellation)).Count > 0; after = page[^1].Key)
        {
            foreach (var room in page)
                if (RoomName.TryParse(room.Name, out var name)) emptiedRooms.Add(room.Id, name);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            foreach (var (id, name) in await emptiedRooms.TakeAsync(stoppingToken))
                if (!IsKept(id, name)) await DeleteAsync(id, name, stoppingToken);
        }
    }

    /// <summary>The default room comes back with the next login.</summary>
    private bool IsKept(ConversationId id, RoomName name) => id.Value <= lastUnknown || name.Equals(options.Current.DefaultRoom);

    private async Task DeleteAsync(ConversationId id, RoomName name, CancellationToken stopping)
    {
        try
        {
            if (await deletion.DeleteIfUnusedAsync(id, name, stopping)) LogDeleted(logger, name.Text);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(logger, name.Text, e);
        }
    }

    [LoggerMessage(EventId = 512, EventName = "UnusedRoomDeleted", Level = LogLevel.Debug, Message = "Unused room deleted: {Room}")]
    private static partial void LogDeleted(ILogger logger, string room);

    [LoggerMessage(EventId = 513, EventName = "UnusedRoomNotDeleted", Level = LogLevel.Error,
        Message = "Cannot delete the unused room {Room}; trying again within an hour")]
    private static partial void LogFailed(ILogger logger, string room, Exception cause);
}
