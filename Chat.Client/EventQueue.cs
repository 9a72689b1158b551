using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Chat.Client;

/// <summary>What has arrived and not been taken yet: bounded. When it is full the socket is not read, unless somebody waits for an answer that stands behind it.</summary>
internal sealed class EventQueue(int capacity, Demand demand)
{
    private readonly Channel<ChatEvent> channel = Channel.CreateBounded<ChatEvent>(capacity);
    private int skipped;
    private ChatEvent.SessionEnded? end;

    /// <summary>False where there is no room and somebody waits for an answer. For the receive loop.</summary>
    public async ValueTask<bool> PostAsync(ChatEvent e, CancellationToken ct)
    {
        while (!TryPost(e))
        {
            if (demand.IsAny) return false;
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(channel.Writer.WaitToWriteAsync(waiting.Token).AsTask(), demand.Raised).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
            ct.ThrowIfCancellationRequested();
        }
        return true;
    }

    /// <summary>As <see cref="PostAsync"/>; what finds no room is counted and made known later.</summary>
    public async ValueTask PostOrSkipAsync(ChatEvent e, CancellationToken ct)
    {
        if (!await PostAsync(e, ct).ConfigureAwait(false)) Interlocked.Increment(ref skipped);
    }

    /// <summary>Never waits.</summary>
    public void PostOrSkip(ChatEvent e)
    {
        if (!TryPost(e)) Interlocked.Increment(ref skipped);
    }

    /// <summary>Waits for room however long it takes. Not for the receive loop.</summary>
    public async ValueTask PostWaitingAsync(ChatEvent e, CancellationToken ct)
    {
        while (!TryPost(e))
            if (!await channel.Writer.WaitToWriteAsync(ct).ConfigureAwait(false)) return;
    }

    public void End(ChatEvent.SessionEnded last)
    {
        Interlocked.CompareExchange(ref end, last, null);
        channel.Writer.TryComplete();
    }

    public async IAsyncEnumerable<ChatEvent> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var e in channel.Reader.ReadAllAsync(ct).ConfigureAwait(false)) yield return e;
        if (end is not null) yield return end;
    }

    private bool TryPost(ChatEvent e)
    {
        var left = Interlocked.Exchange(ref skipped, 0);
        if (left > 0 && !channel.Writer.TryWrite(new ChatEvent.Skipped(left))) Interlocked.Add(ref skipped, left);
        return channel.Writer.TryWrite(e);
    }
}
