using Chat.Daemon.Delivery;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>A room, or the direct messages of two users. Both are numbered and logged alike.</summary>
internal abstract class Conversation(ConversationId id, Sequencer sequencer, IMessageLog log)
{
    public ConversationId Id => id;

    public Sequencer Sequencer => sequencer;

    public abstract Fanout Fanout { get; }

    /// <summary>Open leases. Guarded by the registry.</summary>
    public int Leases { get; set; }

    /// <summary>Timestamp of the last release, while there are no leases. Guarded by the registry.</summary>
    public long IdleSince { get; set; }

    /// <summary>A page of the messages that have been delivered, as the protocol's <c>history</c> defines it.</summary>
    public async Task<Page> ReadAsync(long? after, long? before, int limit, CancellationToken cancellation)
    {
        await Sequencer.ReadyAsync();
        return after is { } start
            ? await ReadAfterAsync(start, Fanout.Cursor, limit, cancellation)
            : await ReadBeforeAsync(Math.Min(before ?? long.MaxValue, Fanout.Cursor + 1), limit, cancellation);
    }

    /// <summary>The oldest messages after <paramref name="after"/>, up to and with <paramref name="last"/>.</summary>
    public async Task<Page> ReadAfterAsync(long after, long last, int limit, CancellationToken cancellation)
    {
        if (after >= last) return Page.Empty;
        var messages = await log.ReadAfterAsync(id, after, limit, cancellation);
        var frames = messages.Where(m => m.Seq <= last).Select(Fanout.Address.Frame).ToList();
        var fit = FrameWriter.Fit(frames);
        return new Page(frames.GetRange(0, fit), More: fit > 0 && frames[fit - 1].Seq < last);
    }

    /// <summary>The number of the oldest message kept.</summary>
    public async ValueTask<long> FirstAsync(CancellationToken cancellation) => (await log.RangeAsync(id, cancellation)).First;

    private async Task<Page> ReadBeforeAsync(long before, int limit, CancellationToken cancellation)
    {
        var messages = await log.ReadBeforeAsync(id, before, limit, cancellation);
        var frames = messages.Select(Fanout.Address.Frame).ToList();
        var fit = FrameWriter.Fit(frames, fromEnd: true);
        var page = frames.GetRange(frames.Count - fit, fit);
        return new Page(page, More: page.Count > 0 && page[0].Seq > (await FirstAsync(cancellation)));
    }
}
