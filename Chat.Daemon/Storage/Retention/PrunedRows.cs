using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Storage.Retention;

/// <summary>
/// Deletes the rows of messages that retention has removed, and of their changes. Each row stays for at least ten minutes in which the
/// daemon runs: the protocol promises that what is sent again is recognized for so long, and its client id is in its row. A restart begins
/// the ten minutes anew.
/// </summary>
internal sealed partial class PrunedRows(
    Database database, TimeProvider time, ILogger<PrunedRows> logger) : BackgroundService, IPeriodicTask
{
    private static readonly TimeSpan IdTime = TimeSpan.FromMinutes(10);

    /// <summary>The messages of a conversation have their ids in the order of their numbers: the first one tells.</summary>
    private const string HasOldMessage = """
        $max_id >= (SELECT id FROM messages WHERE conversation = conversations.id AND seq <= pruned_through ORDER BY seq LIMIT 1)
        """;

    private const string HasOldChange = """
        EXISTS (SELECT 1 FROM changes AS c WHERE c.conversation = conversations.id AND c.seq <= pruned_through AND c.id <= $max_id)
        """;

    private readonly Channel<LastIds> due =
        Channel.CreateBounded<LastIds>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly DeletionSlices slices = new(database, time);

    /// <summary>What was newest at each run of the periodic task, which alone uses it.</summary>
    private readonly Queue<(long Timestamp, LastIds Last)> seen = new();

    TimeSpan IPeriodicTask.Period => TimeSpan.FromMinutes(5);

    async Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        var last = await database.Readers.ReadAsync(
            reader => new LastIds(reader.Number("SELECT max(id) FROM messages"), reader.Number("SELECT max(id) FROM changes")),
            cancellation);
        seen.Enqueue((time.GetTimestamp(), last));
        LastIds? old = null;
        while (seen.TryPeek(out var first) && time.GetElapsedTime(first.Timestamp) >= IdTime) old = seen.Dequeue().Last;
        if (old is not null) due.Writer.TryWrite(old);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var old in due.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await DeleteAsync(old, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }
        }
    }

    private async Task DeleteAsync(LastIds old, CancellationToken stopping)
    {
        var total = await DeleteAsync(HasOldMessage, old.Message, MessageDeletion.Oldest, stopping)
            + await DeleteAsync(HasOldChange, old.Change, MessageDeletion.Changes, stopping);
        if (total > 0) LogDeleted(logger, total);
    }

    private async Task<long> DeleteAsync(string hasOld, long maxId, Slice slice, CancellationToken stopping)
    {
        var total = 0L;
        for (var after = 0L; await NextAsync(hasOld, after, maxId, stopping) is { } next; after = next.Conversation.Value)
        {
            total += await slices.RunAsync(
                (connection, rows) => slice(connection, next.Conversation, next.Through, maxId, rows), stopping);
        }
        return total;
    }

    /// <summary>The next conversation with rows to delete.</summary>
    private ValueTask<Pruned?> NextAsync(string hasOld, long after, long maxId, CancellationToken cancellation) =>
        database.Readers.ReadAsync(
            reader => reader.Rows(
                $"""
                SELECT id, pruned_through FROM conversations WHERE pruned_through > 0 AND id > $after AND {hasOld} ORDER BY id LIMIT 1
                """,
                row => new Pruned(new ConversationId(row.Number(0)), row.Number(1)),
                ("$after", after), ("$max_id", maxId)).SingleOrDefault(),
            cancellation);

    [LoggerMessage(EventId = 334, EventName = "PrunedRowsDeleted", Level = LogLevel.Information,
        Message = "Deleted {Count} rows of messages that retention removed")]
    private static partial void LogDeleted(ILogger logger, long count);

    [LoggerMessage(EventId = 335, EventName = "PrunedRowsNotDeleted", Level = LogLevel.Error,
        Message = "Cannot delete the rows of messages that retention removed; trying again within five minutes")]
    private static partial void LogFailed(ILogger logger, Exception cause);

    private delegate int Slice(DbConnection connection, ConversationId conversation, long through, long maxId, int limit);

    private sealed record LastIds(long Message, long Change);

    private sealed record Pruned(ConversationId Conversation, long Through);
}
