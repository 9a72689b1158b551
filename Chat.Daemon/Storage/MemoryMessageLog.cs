using System.Collections.Concurrent;
using Chat.Daemon.Configuration;

namespace Chat.Daemon.Storage;

/// <summary>
/// The message log for <see cref="Durability.None"/>: in memory, and empty at each start. Its size is limited per conversation, not in all.
/// The first append of each minute drops client ids older than ten minutes.
/// </summary>
/// <param name="keep">Messages kept per conversation.</param>
internal sealed class MemoryMessageLog(int keep, TimeProvider clock) : IMessageLog
{
    private readonly ConcurrentDictionary<ConversationId, MemoryConversation> conversations = new();
    private readonly long started = clock.GetTimestamp();
    private long appends;
    private long sweptMinute;

    /// <summary>Since the start, so that setting the clock forward does not drop ids.</summary>
    private TimeSpan Now => clock.GetElapsedTime(started);

    public ValueTask<LogRange> RangeAsync(ConversationId conversation, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(conversation)?.Range ?? new LogRange(1, 0));

    public Task AppendAsync(ConversationId conversation, IReadOnlyList<LoggedMessage> messages)
    {
        if (messages.Count == 0) return Task.CompletedTask;
        var now = Now;
        Sweep(now);
        try
        {
            conversations.GetOrAdd(conversation, _ => new MemoryConversation(keep))
                .Append(conversation, messages, Interlocked.Increment(ref appends), now);
            return Task.CompletedTask;
        }
        catch (LogRefusedException e)
        {
            return Task.FromException(e);
        }
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

    public ValueTask<IReadOnlyList<ConversationTail>> NewestFirstAsync(
        IReadOnlyList<ConversationId> asked, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<ConversationTail>>(asked
            .Select(id => (Id: id, Found: Find(id)))
            .Where(entry => entry.Found is { Range.Last: > 0 })
            .OrderByDescending(entry => entry.Found!.Written)
            .Take(limit)
            .Select(entry => new ConversationTail(entry.Id, entry.Found!.Range.Last))
            .ToList());

    private MemoryConversation? Find(ConversationId conversation) => conversations.GetValueOrDefault(conversation);

    private void Sweep(TimeSpan now)
    {
        var minute = (long)now.TotalMinutes;
        var swept = Interlocked.Read(ref sweptMinute);
        if (minute == swept || Interlocked.CompareExchange(ref sweptMinute, minute, swept) != swept) return;
        foreach (var conversation in conversations.Values) conversation.ExpireIds(now);
    }
}
