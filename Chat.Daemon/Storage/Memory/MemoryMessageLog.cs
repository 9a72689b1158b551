using System.Collections.Concurrent;
using Chat.Daemon.Configuration;
using Chat.Daemon.Storage.Retention;
using Chat.Protocol;

namespace Chat.Daemon.Storage.Memory;

/// <summary>
/// The message log for <see cref="Durability.None"/>: in memory, and empty at each start. Its size is limited per conversation, not in all.
/// The first append of each minute drops client ids older than ten minutes.
/// </summary>
/// <param name="keep">Messages kept per conversation.</param>
internal sealed class MemoryMessageLog(int keep, TimeProvider clock, DatabaseReaders readers) : IMessageLog
{
    private readonly ConcurrentDictionary<ConversationId, MemoryConversation> conversations = new();
    private readonly MemoryDirects directs = new();
    private readonly MemoryOrder order = new();
    private readonly long started = clock.GetTimestamp();
    private long sweptMinute;

    /// <summary>Since the start, so that setting the clock forward does not drop ids.</summary>
    private TimeSpan Now => clock.GetElapsedTime(started);

    public ValueTask<LogRange> RangeAsync(ConversationId conversation, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(conversation)?.Range ?? new LogRange(1, 0));

    public ValueTask<IReadOnlyDictionary<ConversationId, LogRange>> RangesAsync(
        IReadOnlyList<ConversationId> asked, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyDictionary<ConversationId, LogRange>>(
            asked.Where(conversations.ContainsKey).ToDictionary(id => id, id => Find(id)?.Range ?? new(1, 0)));

    public ValueTask<IReadOnlyDictionary<ConversationId, long>> CountMentionsAsync(
        long account, IReadOnlyDictionary<ConversationId, long> after, CancellationToken cancellation)
    {
        var counts = after.ToDictionary(mark => mark.Key, mark => Find(mark.Key)?.CountMentions(account, mark.Value) ?? 0);
        return new(counts.Where(found => found.Value > 0)
            .ToDictionary(found => found.Key, found => Math.Min(found.Value, ProtocolLimits.MentionsCounted)));
    }

    public ValueTask<MentionPage> MentionsAsync(
        long account, IReadOnlySet<ConversationId> rooms, long before, int limit, CancellationToken cancellation)
    {
        var found = rooms.Concat(directs.Latest($"a{account}", int.MaxValue))
            .SelectMany(id => Find(id)?.Mentions(account, before, limit + 1).Select(of => (of.Order, Conversation: id, of.Seq)) ?? [])
            .OrderByDescending(of => of.Order).Take(limit + 1).ToList();
        return new(found.Count > limit ? new(found.GetRange(0, limit), found[limit - 1].Order) : new MentionPage(found, null));
    }

    public Task<IReadOnlyList<ChangeOutcome>> AppendAsync(ConversationId conversation, IReadOnlyList<LogEntry> entries)
    {
        if (entries.Count == 0) return Task.FromResult<IReadOnlyList<ChangeOutcome>>([]);
        return conversations.ContainsKey(conversation) ? Append(conversation, entries) : AppendFirstAsync(conversation, entries);
    }

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadAfterAsync(PageRequest page, long after, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<LoggedMessage>>(
            Find(page.Conversation)?.Read(page, after, long.MaxValue, newest: false) ?? []);

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadBeforeAsync(PageRequest page, long before, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<LoggedMessage>>(
            Find(page.Conversation)?.Read(page, long.MinValue, before, newest: true) ?? []);

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadChangedAsync(
        PageRequest page, long rev, long through, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<LoggedMessage>>(Find(page.Conversation)?.ReadChanged(page, rev, through) ?? []);

    public ValueTask<IReadOnlyList<LoggedChange>> ChangesAfterAsync(
        ConversationId conversation, long rev, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<LoggedChange>>(Find(conversation)?.ChangesAfter(rev, limit) ?? []);

    public ValueTask<IReadOnlyList<LoggedClientId>> RecentIdsAsync(
        ConversationId conversation, long session, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<LoggedClientId>>(Find(conversation)?.RecentIds(session, limit) ?? []);

    public ValueTask<IReadOnlyList<ConversationTail>> LatestDirectsAsync(string identity, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<ConversationTail>>(directs.Latest(identity, limit)
            .Select(id => new ConversationTail(id, Find(id)!.Range))
            .ToList());

    public async Task<long> PruneAsync(RetentionRule standard, DateTimeOffset now, CancellationToken cancellation)
    {
        var rules = await readers.ReadAsync(
            reader => reader.Rows(
                """
                SELECT id, coalesce(keep_days, $days), coalesce(keep_messages, $messages) FROM conversations
                WHERE keep_days IS NOT NULL OR keep_messages IS NOT NULL
                """,
                row => (Id: new ConversationId(row.Number(0)), Rule: new RetentionRule((int)row.Number(1), (int)row.Number(2))),
                ("$days", standard.Days), ("$messages", standard.Messages)),
            cancellation);
        var own = rules.ToDictionary(found => found.Id, found => found.Rule);
        return conversations.Sum(live => live.Value.Prune(own.GetValueOrDefault(live.Key, standard), now));
    }

    public void EraseAuthor(string identity, string replacement, bool texts)
    {
        foreach (var conversation in conversations.Values) conversation.EraseAuthor(identity, replacement, texts);
    }

    public void Forget(ConversationId conversation) => conversations.TryRemove(conversation, out _);

    /// <summary>A conversation's newest messages before that place in the order of all, newest first; no erased ones.</summary>
    public IReadOnlyList<(long Order, LoggedMessage Message)> ReadBackwards(ConversationId conversation, long before, int limit) =>
        Find(conversation)?.ReadBackwards(before, limit) ?? [];

    /// <summary>All direct conversations of the identity that have messages.</summary>
    public IReadOnlyList<ConversationId> DirectsOf(string identity) => directs.Latest(identity, int.MaxValue);

    /// <summary>Asks the database, once, whose direct conversation it is.</summary>
    private async Task<IReadOnlyList<ChangeOutcome>> AppendFirstAsync(ConversationId conversation, IReadOnlyList<LogEntry> entries)
    {
        var users = await readers.ReadAsync(
            reader => reader.Rows(
                "SELECT first_identity, second_identity FROM conversations WHERE id = $id AND first_identity IS NOT NULL",
                row => (One: row.GetString(0), Other: row.GetString(1)), ("$id", conversation.Value)),
            CancellationToken.None);
        conversations.TryAdd(conversation, new MemoryConversation(keep, order));
        foreach (var (one, other) in users) directs.Add(conversation, one, other);
        return await Append(conversation, entries);
    }

    private Task<IReadOnlyList<ChangeOutcome>> Append(ConversationId conversation, IReadOnlyList<LogEntry> entries)
    {
        var now = Now;
        Sweep(now);
        try
        {
            var outcomes = conversations[conversation].Append(conversation, entries, now);
            directs.Touch(conversation);
            return Task.FromResult(outcomes);
        }
        catch (LogRefusedException e)
        {
            return Task.FromException<IReadOnlyList<ChangeOutcome>>(e);
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
