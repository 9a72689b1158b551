using System.Globalization;
using Chat.Daemon.Storage.Retention;
using Chat.Protocol;

namespace Chat.Daemon.Storage.Memory;

/// <summary>
/// The last messages of one conversation, their changes and their client ids. Safe from any thread: one lock guards everything.
/// </summary>
/// <param name="keep">Messages that can be read. Up to a quarter more are held, so that not every append moves them.</param>
internal sealed class MemoryConversation(int keep, MemoryOrder order)
{
    private readonly Lock guard = new();
    private readonly List<LoggedMessage> messages = [];

    /// <summary>The place of each message among those of all conversations.</summary>
    private readonly List<long> places = [];
    private readonly MemoryMentions mentions = new();
    private readonly MemoryChanges changes = new(keep);
    private readonly Dictionary<long, MemoryReactions> reactions = [];
    private readonly MemoryClientIds ids = new();
    private long last;

    public LogRange Range
    {
        get
        {
            lock (guard) return new(First, last, changes.Last);
        }
    }

    private long First => last - Math.Min(messages.Count, keep) + 1;

    /// <exception cref="LogRefusedException">The numbers do not continue the conversation.</exception>
    public IReadOnlyList<ChangeOutcome> Append(ConversationId conversation, IReadOnlyList<LogEntry> entries, TimeSpan now)
    {
        lock (guard)
        {
            var next = last + 1;
            foreach (var message in entries.OfType<LoggedMessage>()) LogRefusedException.ThrowUnlessNext(conversation, message.Seq, next++);
            var outcomes = new List<ChangeOutcome>();
            foreach (var entry in entries)
            {
                if (entry is LoggedMessage message) Add(message, now);
                else outcomes.Add(Apply((LoggedChange)entry, now));
            }
            Trim();
            return outcomes;
        }
    }

    /// <summary>The oldest or the newest messages between two numbers.</summary>
    public List<LoggedMessage> Read(PageRequest page, long after, long before, bool newest)
    {
        lock (guard)
        {
            var from = Math.Clamp(after, First - 1, last) + 1;
            var to = Math.Clamp(before, from, last + 1);
            var range = Enumerable.Range(0, (int)(to - from)).Select(i => messages[IndexOf(newest ? to - 1 - i : from + i)]);
            var read = Cut(range.Where(message => page.RepliesTo is null || message.ReplyTo == page.RepliesTo), page);
            if (newest) read.Reverse();
            return read;
        }
    }

    /// <inheritdoc cref="MemoryMessageLog.ReadBackwards"/>
    public List<(long Order, LoggedMessage Message)> ReadBackwards(long before, int limit)
    {
        lock (guard)
        {
            var end = places.BinarySearch(before) is var found && found < 0 ? ~found : found;
            var oldest = messages.Count - Math.Min(messages.Count, keep);
            var read = new List<(long, LoggedMessage)>();
            for (var i = end - 1; i >= oldest && read.Count < limit; i--)
                if (!messages[i].Erased) read.Add((places[i], messages[i]));
            return read;
        }
    }

    /// <returns>How many readable messages were removed.</returns>
    public long Prune(RetentionRule rule, DateTimeOffset now)
    {
        lock (guard)
        {
            var (first, since) = (First, rule.SinceMs(now));
            var pruned = messages.TakeWhile(message => message.AtMs < since).Count();
            if (rule.Messages > 0) pruned = Math.Max(pruned, messages.Count - rule.Messages);
            Remove(pruned);
            return First - first;
        }
    }

    public void EraseAuthor(string identity, string replacement, bool texts)
    {
        lock (guard)
        {
            for (var i = 0; i < messages.Count; i++)
            {
                if (messages[i].Identity != identity) continue;
                var renamed = messages[i] with { From = replacement, Identity = null, ClientId = null };
                messages[i] = texts ? Emptied(renamed) : renamed;
            }
            if (AccountOf(identity) is { } account) Forget(account, replacement);
            changes.Rename(identity, replacement);
            foreach (var on in reactions.Values) on.Rename(identity, replacement);
        }
    }

    /// <summary>How many messages mention the account, after a number.</summary>
    public long CountMentions(long account, long after)
    {
        lock (guard) return mentions.CountAfter(account, Math.Max(after, First - 1));
    }

    /// <summary>The messages that mention the account, the newest first, each with its place among those of all conversations.</summary>
    /// <param name="before">A place.</param>
    public List<(long Order, long Seq)> Mentions(long account, long before, int limit)
    {
        lock (guard)
        {
            return [.. mentions.Of(account).TakeWhile(seq => seq >= First).Select(seq => (Order: places[IndexOf(seq)], seq))
                .Where(found => found.Order < before).Take(limit)];
        }
    }

    /// <inheritdoc cref="IMessageLog.ReadChangedAsync"/>
    public List<LoggedMessage> ReadChanged(PageRequest page, long rev, long through)
    {
        lock (guard)
        {
            var changed = messages.Where(message => message.Rev > rev && message.Seq <= through && message.Seq >= First);
            return Cut(changed.OrderBy(message => message.Rev), page);
        }
    }

    public List<LoggedChange> ChangesAfter(long rev, int limit)
    {
        lock (guard) return changes.After(rev, limit);
    }

    public List<LoggedClientId> RecentIds(long session, int limit)
    {
        lock (guard) return ids.Recent(session, limit);
    }

    public void ExpireIds(TimeSpan now)
    {
        lock (guard) ids.Expire(now);
    }

    private int IndexOf(long seq) => (int)(seq - (last - messages.Count + 1));

    private void Add(LoggedMessage message, TimeSpan now)
    {
        messages.Add(message);
        places.Add(order.Next());
        mentions.Add(message.Seq, message.MentionedAccounts);
        last = message.Seq;
        if (message.ClientId is { } id) ids.Add(message.Session, new(id, message.Seq), now);
    }

    private void Trim()
    {
        if (messages.Count <= keep + (keep / 4)) return;
        Remove(messages.Count - keep);
    }

    /// <summary>Removes the oldest.</summary>
    private void Remove(int count)
    {
        foreach (var gone in messages.Take(count))
        {
            reactions.Remove(gone.Seq);
            mentions.Remove(gone.Seq, gone.MentionedAccounts);
        }
        messages.RemoveRange(0, count);
        places.RemoveRange(0, count);
    }

    private ChangeOutcome Apply(LoggedChange change, TimeSpan now)
    {
        if (change.Seq < First || change.Seq > last) return ChangeOutcome.Refused(RefusalCode.NoSuchMessage);
        var message = messages[IndexOf(change.Seq)];
        var isDeletion = change.Kind == ChangeKind.Delete;
        if (message.Erased) return isDeletion ? ChangeOutcome.NothingToDo : ChangeOutcome.Refused(RefusalCode.NoSuchMessage);
        var rev = changes.Last + 1;
        if (change.Kind is ChangeKind.React or ChangeKind.Unreact)
        {
            if (!reactions.TryGetValue(change.Seq, out var on)) reactions[change.Seq] = on = new();
            if (on.Change(change) is { } outcome) return outcome;
            messages[IndexOf(change.Seq)] = message with { Rev = rev };
        }
        else if (isDeletion)
        {
            messages[IndexOf(change.Seq)] = Emptied(message) with { Rev = rev };
        }
        else
        {
            if (message.Text == change.Text) return ChangeOutcome.NothingToDo;
            mentions.Remove(change.Seq, message.MentionedAccounts);
            mentions.Add(change.Seq, change.MentionedAccounts);
            messages[IndexOf(change.Seq)] = message with
            {
                Text = change.Text!,
                Mentions = change.Mentions,
                MentionedAccounts = change.MentionedAccounts,
                EditedAtMs = change.AtMs,
                Rev = rev,
            };
        }
        changes.Add(change with { Rev = rev, Text = null, Mentions = null });
        if (change.ClientId is { } id) ids.Add(change.Session, new(id, -rev), now);
        return ChangeOutcome.Applied(rev);
    }

    private LoggedMessage Emptied(LoggedMessage message)
    {
        reactions.Remove(message.Seq);
        mentions.Remove(message.Seq, message.MentionedAccounts);
        return message with { Text = "", Mentions = null, MentionedAccounts = null, EditedAtMs = null, Erased = true };
    }

    /// <summary>Replaces the name of an account that is mentioned; nobody finds it there any more.</summary>
    private void Forget(long account, string replacement)
    {
        foreach (var seq in mentions.Of(account).ToList())
        {
            var message = messages[IndexOf(seq)];
            var names = message.Mentions!.Split(' ');
            names[message.MentionedAccounts!.Index().First(of => of.Item == account).Index] = replacement;
            messages[IndexOf(seq)] = message with { Mentions = string.Join(' ', names) };
            mentions.Remove(seq, [account]);
        }
    }

    private static long? AccountOf(string identity) =>
        identity is ['a', .. var number] ? long.Parse(number, CultureInfo.InvariantCulture) : null;

    /// <summary>As many as a frame can hold, and one that shows where it ends.</summary>
    private List<LoggedMessage> Cut(IEnumerable<LoggedMessage> range, PageRequest page)
    {
        var (read, bytes) = (new List<LoggedMessage>(), 0);
        foreach (var message in range.Take(Math.Max(page.Limit, 0)))
        {
            var whole = page.Viewer is { } viewer && reactions.TryGetValue(message.Seq, out var on)
                ? message with { Reactions = on.SeenBy(viewer) }
                : message;
            read.Add(whole);
            bytes += whole.FrameBytes;
            if (bytes >= ProtocolLimits.DaemonFrameBytes) break;
        }
        return read;
    }
}
