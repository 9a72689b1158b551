using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Chat.Client;

/// <summary>
/// The bounded queue of events. When it is full, the receive loop waits, unless a caller awaits an answer that is still in the socket.
/// </summary>
internal sealed class EventQueue(int capacity, AnswerWaiters waiters)
{
    private readonly Channel<ChatEvent> channel = Channel.CreateBounded<ChatEvent>(capacity);
    private int skipped;
    private ChatEvent.SessionEnded? end;

    /// <summary>For the receive loop. False if the queue is full and a caller awaits an answer.</summary>
    public async ValueTask<bool> PostAsync(ChatEvent e, CancellationToken ct)
    {
        while (!TryPost(e))
        {
            if (waiters.IsAny) return false;
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(channel.Writer.WaitToWriteAsync(waiting.Token).AsTask(), waiters.Raised).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
            ct.ThrowIfCancellationRequested();
        }
        return true;
    }

    /// <summary>Like <see cref="PostAsync"/>, but counts what does not fit for a later <see cref="ChatEvent.Skipped"/>.</summary>
    public async ValueTask PostOrSkipAsync(ChatEvent e, CancellationToken ct)
    {
        if (!await PostAsync(e, ct).ConfigureAwait(false)) Interlocked.Increment(ref skipped);
    }

    /// <summary>Never waits.</summary>
    public void PostOrSkip(ChatEvent e)
    {
        if (!TryPost(e)) Interlocked.Increment(ref skipped);
    }

    /// <summary>Waits for space as long as it takes. Not for the receive loop.</summary>
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
