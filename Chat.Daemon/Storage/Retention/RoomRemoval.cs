using System.Data.Common;
using System.Threading.Channels;
using Chat.Daemon.Storage.Stores;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Storage.Retention;

/// <summary>
/// Removes rooms from the database. One write takes the name from a room, and with it everything that leads to the room; its rows are
/// deleted in the background, in slices so small that messages of other rooms hardly wait. After a kill that goes on. Safe from any thread.
/// </summary>
internal sealed partial class RoomRemoval(
    Database database, IMessageLog log, TimeProvider time, ILogger<RoomRemoval> logger) : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMinutes(1);

    private static readonly string[] Slices =
    [
        "DELETE FROM changes WHERE id IN (SELECT id FROM changes WHERE conversation = $room ORDER BY rev DESC LIMIT $limit)",
        """
        DELETE FROM room_list WHERE conversation = $room
            AND account IN (SELECT account FROM room_list WHERE conversation = $room LIMIT $limit)
        """,
        "DELETE FROM room_invitations WHERE rowid IN (SELECT rowid FROM room_invitations WHERE conversation = $room LIMIT $limit)",
        "DELETE FROM mutes WHERE rowid IN (SELECT rowid FROM mutes WHERE conversation = $room LIMIT $limit)",
        "DELETE FROM permissions WHERE rowid IN (SELECT rowid FROM permissions WHERE room = CAST($room AS TEXT) LIMIT $limit)",
        "DELETE FROM plugin_values WHERE version IN (SELECT version FROM plugin_values WHERE room = $room LIMIT $limit)",
    ];

    private readonly DeletionSlices slices = new(database, time);
    private readonly Channel<bool> wakes =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Raised when a room is gone.</summary>
    public event Action<ConversationId>? Deleted;

    /// <summary>Afterwards no room has the id.</summary>
    public async Task DeleteAsync(ConversationId room)
    {
        try
        {
            await database.Writer.WriteAsync(connection => Sql.Execute(
                connection,
                """
                UPDATE conversations SET name_key = NULL, look_key = NULL, name = NULL, topic = NULL, owner = NULL, private = NULL
                WHERE id = $room
                """,
                ("$room", room.Value)));
        }
        catch (LogOutcomeUnknownException)
        {
            if (await HasNameAsync(room)) throw;
        }
        log.Forget(room);
        Deleted?.Invoke(room);
        wakes.Writer.TryWrite(true);
    }

    /// <summary>Whether it is a public room without a message, a topic or a rule.</summary>
    public async ValueTask<bool> IsUnusedAsync(ConversationId room, CancellationToken cancellation) =>
        (await log.RangeAsync(room, cancellation)).Last == 0 && await database.Readers.ReadAsync(
            reader => reader.Number(
                $"SELECT count(*) FROM conversations WHERE id = $room AND {RoomStore.IsUnused}", ("$room", room.Value)) > 0,
            cancellation);

    /// <returns>False if the room is used, or is gone.</returns>
    public Task<bool> DeleteIfUnusedAsync(ConversationId room) => database.Writer.WriteLikeMessagesAsync(connection => Sql.Execute(
        connection, $"DELETE FROM conversations WHERE id = $room AND {RoomStore.IsUnused}", ("$room", room.Value)) > 0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                while (await NextDeletedAsync(stoppingToken) is { } room) await DeleteRowsAsync(room, stoppingToken);
                await wakes.Reader.ReadAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
                await Task.Delay(RetryPause, time, stoppingToken);
            }
        }
    }

    private async Task DeleteRowsAsync(ConversationId room, CancellationToken stopping)
    {
        var rows = await slices.RunAsync((connection, limit) => DeleteSlice(connection, room, limit), stopping);
        LogRowsDeleted(logger, room.Value, rows);
    }

    /// <summary>Deletes rows of one table, and the room itself once there are none.</summary>
    private static int DeleteSlice(DbConnection connection, ConversationId room, int limit)
    {
        if (MessageDeletion.Newest(connection, room, limit) is > 0 and var rows) return rows;
        foreach (var slice in Slices)
            if (Sql.Execute(connection, slice, ("$room", room.Value), ("$limit", limit)) is > 0 and var deleted) return deleted;
        Sql.Execute(connection, "DELETE FROM conversations WHERE id = $room", ("$room", room.Value));
        return 0;
    }

    private ValueTask<ConversationId?> NextDeletedAsync(CancellationToken cancellation) => database.Readers.ReadAsync(
        reader => reader.Rows(
            "SELECT id FROM conversations WHERE kind = 'room' AND name_key IS NULL LIMIT 1",
            row => (ConversationId?)new ConversationId(row.Number(0))).SingleOrDefault(),
        cancellation);

    private async ValueTask<bool> HasNameAsync(ConversationId room) => await database.Readers.ReadAsync(
        reader => reader.Number("SELECT count(*) FROM conversations WHERE id = $room AND name_key IS NOT NULL", ("$room", room.Value)) > 0,
        CancellationToken.None);

    [LoggerMessage(EventId = 330, EventName = "DeletedRoomPurged", Level = LogLevel.Information,
        Message = "Purged the deleted room {Conversation}: {Rows} rows")]
    private static partial void LogRowsDeleted(ILogger logger, long conversation, long rows);

    [LoggerMessage(EventId = 331, EventName = "DeletedRoomNotPurged", Level = LogLevel.Error,
        Message = "Cannot purge a deleted room; trying again in a minute")]
    private static partial void LogFailed(ILogger logger, Exception cause);
}
