using System.Threading.Channels;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Storage.Retention;

/// <summary>
/// Deletes the rows of messages that retention has removed. Each row stays for at least ten minutes in which the daemon runs: the protocol
/// promises that a message sent again is recognized for so long, and its client id is in its row. A restart begins the ten minutes anew.
/// </summary>
internal sealed partial class PrunedRows(
    ChatDatabase database, TimeProvider time, ILogger<PrunedRows> logger) : BackgroundService, IPeriodicTask
{
    private static readonly TimeSpan IdTime = TimeSpan.FromMinutes(10);

    private readonly Channel<long> due =
        Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly DeletionSlices slices = new(database, time);

    /// <summary>The newest message at each run of the periodic task, which alone uses it.</summary>
    private readonly Queue<(long Timestamp, long LastId)> seen = new();

    TimeSpan IPeriodicTask.Period => TimeSpan.FromMinutes(5);

    async Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        var lastId = await database.Readers.ReadAsync(reader => reader.Number("SELECT max(id) FROM messages"), cancellation);
        seen.Enqueue((time.GetTimestamp(), lastId));
        long? old = null;
        while (seen.TryPeek(out var first) && time.GetElapsedTime(first.Timestamp) >= IdTime) old = seen.Dequeue().LastId;
        if (old is { } maxId) due.Writer.TryWrite(maxId);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var maxId in due.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await DeleteAsync(maxId, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }
        }
    }

    private async Task DeleteAsync(long maxId, CancellationToken stopping)
    {
        var total = 0L;
        for (var after = 0L; await NextAsync(after, maxId, stopping) is { } next; after = next.Conversation.Value)
        {
            total += await slices.RunAsync(
                (connection, rows) => MessageDeletion.Oldest(connection, next.Conversation, next.Through, maxId, rows), stopping);
        }
        if (total > 0) LogDeleted(logger, total);
    }

    private ValueTask<Pruned?> NextAsync(long after, long maxId, CancellationToken cancellation) => database.Readers.ReadAsync(
        reader => reader.Rows(
            """
            SELECT id, pruned_through FROM conversations WHERE pruned_through > 0 AND id > $after AND $max_id >= (
                SELECT id FROM messages WHERE conversation = conversations.id AND seq <= pruned_through ORDER BY seq LIMIT 1)
            ORDER BY id LIMIT 1
            """,
            row => new Pruned(new ConversationId(row.Number(0)), row.Number(1)), ("$after", after), ("$max_id", maxId)).SingleOrDefault(),
        cancellation);

    [LoggerMessage(EventId = 334, EventName = "PrunedRowsDeleted", Level = LogLevel.Information,
        Message = "Deleted {Count} rows of messages that retention removed")]
    private static partial void LogDeleted(ILogger logger, long count);

    [LoggerMessage(EventId = 335, EventName = "PrunedRowsNotDeleted", Level = LogLevel.Error,
        Message = "Cannot delete the rows of messages that retention removed; trying again within five minutes")]
    private static partial void LogFailed(ILogger logger, Exception cause);

    private sealed record Pruned(ConversationId Conversation, long Through);
}
