using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Storage;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>A room, or the direct messages of two users. Both are numbered and logged alike.</summary>
internal abstract class Conversation(ConversationLog log, Sequencer sequencer)
{
    /// <summary>Messages to read at once when they are searched.</summary>
    private const int SearchPage = 100;

    public ConversationId Id => log.Id;

    /// <summary>What the protocol calls <c>log</c>.</summary>
    public string LogName => log.Name;

    public Sequencer Sequencer => sequencer;

    public abstract Fanout Fanout { get; }

    /// <summary>Open leases. Guarded by the registry.</summary>
    public int Leases { get; set; }

    /// <summary>Timestamp of the last release, while there are no leases. Guarded by the registry.</summary>
    public long IdleSince { get; set; }

    /// <summary>
    /// Queues an answer in a cut: what is delivered while it is being read follows it, so that it is never older than a delivery before it.
    /// </summary>
    /// <param name="read">Gets the cut, and returns the encoded answer.</param>
    /// <returns>False if the subscriber was removed: then it does not get the answer.</returns>
    public async ValueTask<bool> AnswerAsync(Subscriber subscriber, Func<Cut, ValueTask<Piece>> read)
    {
        if (Fanout.CutAgain(subscriber) is not { } cut) return false;
        try
        {
            return Fanout.Close(subscriber, cut, await read(cut));
        }
        catch (Exception)
        {
            Fanout.Close(subscriber, cut, null);
            throw;
        }
    }

    /// <summary>A page of the messages that have been delivered, as the protocol's <c>history</c> defines it.</summary>
    public async Task<Page> ReadAsync(PageRequest page, long? after, long? before, CancellationToken cancellation)
    {
        await Sequencer.ReadyAsync();
        if (after is { } start) return await ReadAfterAsync(page, start, Fanout.Cursor, cancellation);
        var end = Math.Min(before ?? long.MaxValue, Fanout.Cursor + 1);
        return PageOf(page, await log.Messages.ReadBeforeAsync(OneMore(page), end, cancellation), isNewest: true);
    }

    /// <summary>The oldest messages after <paramref name="after"/>, up to and with <paramref name="last"/>.</summary>
    public async Task<Page> ReadAfterAsync(PageRequest page, long after, long last, CancellationToken cancellation)
    {
        if (after >= last) return Page.Empty;
        var messages = await log.Messages.ReadAfterAsync(OneMore(page), after, cancellation);
        return PageOf(page, messages.Where(message => message.Seq <= last), isNewest: false);
    }

    /// <summary>Messages up to <paramref name="through"/> that have changed since, in the order of their last change.</summary>
    public async Task<Page> ReadChangedAsync(PageRequest page, long rev, long through, CancellationToken cancellation)
    {
        var messages = await log.Messages.ReadChangedAsync(OneMore(page), rev, Math.Min(through, Fanout.Cursor), cancellation);
        return PageOf(page, messages, isNewest: false);
    }

    /// <summary>A message as it is now.</summary>
    /// <param name="viewer">The identity that will see it; null if nobody will.</param>
    /// <returns>Null if it has not been delivered, or is not kept.</returns>
    public async ValueTask<LoggedMessage?> FindAsync(long seq, string? viewer, CancellationToken cancellation)
    {
        await Sequencer.ReadyAsync();
        if (seq < 1 || !Fanout.HasEmitted(seq)) return null;
        var found = await log.Messages.ReadAfterAsync(new(Id, 1) { Viewer = viewer }, seq - 1, cancellation);
        return found is [var message] && message.Seq == seq ? message : null;
    }

    /// <summary>An author's newest messages that are not erased, the newest first.</summary>
    /// <param name="depth">How many of the conversation's newest messages to search.</param>
    public async Task<IReadOnlyList<LoggedMessage>> LatestOfAsync(
        string identity, int count, int depth, CancellationToken cancellation)
    {
        await Sequencer.ReadyAsync();
        var found = new List<LoggedMessage>();
        var (before, read) = (Fanout.Cursor + 1, 0);
        while (found.Count < count && read < depth)
        {
            var page = await log.Messages.ReadBeforeAsync(new(Id, SearchPage), before, cancellation);
            if (page.Count == 0) break;
            found.AddRange(page.Reverse().Where(message => message.Identity == identity && !message.Erased));
            (before, read) = (page[0].Seq, read + page.Count);
        }
        return [.. found.Take(count)];
    }

    /// <summary>The number of the oldest message kept.</summary>
    public async ValueTask<long> FirstAsync(CancellationToken cancellation) => (await log.Messages.RangeAsync(Id, cancellation)).First;

    public PageRequest PageFor(ChatUser viewer, int limit) => new(Id, limit) { Viewer = viewer.Identity.Key };

    /// <summary>One message more than asked for shows whether there are more.</summary>
    private static PageRequest OneMore(PageRequest page) => page with { Limit = page.Limit + 1 };

    private Page PageOf(PageRequest page, IEnumerable<LoggedMessage> messages, bool isNewest)
    {
        var frames = messages.Select(Fanout.Address.Frame).ToList();
        var fit = Math.Min(FrameWriter.Fit(frames, isNewest), page.Limit);
        return new Page(frames.GetRange(isNewest ? frames.Count - fit : 0, fit), More: fit < frames.Count);
    }
}
