using System.Collections.Concurrent;
using Chat.Daemon.Configuration;

namespace Chat.Daemon.Storage;

/// <summary>
/// The message log for <see cref="Durability.None"/>: in memory, and empty at each start. Its size is limited per conversation, not in all.
/// The first append of each minute drops client ids older than ten minutes.
/// </summary>
/// <param name="keep">Messages kept per conversation.</param>
internal sealed class MemoryMessageLog(int keep, TimeProvider clock, SqliteReaders readers) : IMessageLog
{
    private readonly ConcurrentDictionary<ConversationId, MemoryConversation> conversations = new();
    private readonly MemoryDirects directs = new();
    private readonly long started = clock.GetTimestamp();
    private long sweptMinute;

    /// <summary>Since the start, so that setting the clock forward does not drop ids.</summary>
    private TimeSpan Now => clock.GetElapsedTime(started);

    public ValueTask<LogRange> RangeAsync(ConversationId conversation, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(conversation)?.Range ?? new LogRange(1, 0));

    public Task AppendAsync(ConversationId conversation, IReadOnlyList<LoggedMessage> messages)
    {
        if (messages.Count == 0) return Task.CompletedTask;
        return conversations.ContainsKey(conversation) ? Append(conversation, messages) : AppendFirstAsync(conversation, messages);
    }

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadAfterAsync(
        ConversationId conversation, long after, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<LoggedMessage>>(Find(conversation)?.Read(after, long.MaxValue, limit, newest: false) ?? []);

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadBeforeAsync(
        ConversationId conversation, long before, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<LoggedMessage>>(Find(conversation)?.Read(long.MinValue, before, limit, newest: true) ?? []);

    public ValueTask<IReadOnlyList<LoggedClientId>> RecentIdsAsync(
        ConversationId conversation, long session, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<LoggedClientId>>(Find(conversation)?.RecentIds(session, limit) ?? []);

    public ValueTask<IReadOnlyList<ConversationTail>> LatestDirectsAsync(string identity, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<ConversationTail>>(directs.Latest(identity, limit)
            .Select(id => new ConversationTail(id, Find(id)!.Range))
            .ToList());

    /// <summary>Asks the database, once, whose direct conversation it is.</summary>
    private async Task AppendFirstAsync(ConversationId conversation, IReadOnlyList<LoggedMessage> messages)
    {
        var users = await readers.ReadAsync(
            reader => reader.Rows(
                "SELECT first_identity, second_identity FROM conversations WHERE id = $id AND first_identity IS NOT NULL",
                row => (One: row.GetString(0), Other: row.GetString(1)), ("$id", conversation.Value)),
            CancellationToken.None);
        conversations.TryAdd(conversation, new MemoryConversation(keep));
        foreach (var (one, other) in users) directs.Add(conversation, one, other);
        await Append(conversation, messages);
    }

    private Task Append(ConversationId conversation, IReadOnlyList<LoggedMessage> messages)
    {
        var now = Now;
        Sweep(now);
        try
        {
            conversations[conversation].Append(conversation, messages, now);
            directs.Touch(conversation);
            return Task.CompletedTask;
        }
        catch (LogRefusedException e)
        {
            return Task.FromException(e);
        }
    }

    private MemoryConversation? Find(ConversationId conversation) => conversations.GetValueOrDefault(conversation);

    private void Sweep(TimeSpan now)
    {
        var minute = (long)now.TotalMinutes;
        var swept = Interlocked.Read(ref sweptMinute);
        if (minute == swept || Interlocked.CompareExchange(ref sweptMinute, minute, swept) != swept) return;
        foreach (var conversation in conversations.Values) conversation.ExpireIds(now);
    }
}
