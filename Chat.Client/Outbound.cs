using System.Buffers;
using System.Threading.Channels;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>The messages and changes without an answer. One lock guards the queues and their messages; nothing under it blocks.</summary>
internal sealed class Outbound(ChatClientOptions options, MessageIds ids, AnswerWaiters waiters, CancellationToken closing)
{
    /// <summary>Delay before a retry after <c>unavailable</c>, which carries no <c>retry_after</c>.</summary>
    private static readonly TimeSpan UnavailableWait = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// A room in slow mode may ask for hours. A try in between notices that slow mode has been switched off.
    /// </summary>
    private static readonly TimeSpan ProbeWait = TimeSpan.FromSeconds(10);

    private static readonly Refusal Withdrawn = new(ClientCode.Withdrawn, "Withdrawn before it was sent.");

    private static readonly Refusal Unknown = new(ClientCode.OutcomeUnknown,
        "The session ended before the answer. It may have been stored.");

    private static readonly Refusal Superseded = new(ClientCode.OutcomeUnknown,
        "The connection broke before the answer. A later edit of the message follows, so this one is not sent again.");

    private readonly Lock gate = new();
    private readonly Dictionary<Conversation, SendQueue> lines = [];
    private readonly Dictionary<string, (SendQueue Line, PendingSend Pending)> underWay = [];
    private readonly Channel<SendQueue> due = Channel.CreateUnbounded<SendQueue>(); // contains each queue at most once
    private readonly HashSet<Conversation> unconfirmed = [];
    private Refusal? ended;

    /// <summary>Of all queues: above the connection's rate, the daemon refuses every message until none comes for a while.</summary>
    private SendPause? pause;

    /// <summary>Told, under the lock, that a room makes messages wait, and for how long.</summary>
    public Action<Conversation, TimeSpan>? Held { get; set; }

    /// <summary>Queues a message or a change and awaits its echo. Waits while the conversation's queue is full.</summary>
    /// <typeparam name="T">The frame that answers it.</typeparam>
    /// <param name="withdraw">Takes it back, unless it may have been stored.</param>
    public async Task<Answer<T>> SendAsync<T>(Conversation to, ClientFrame frame, CancellationToken withdraw, CancellationToken ct)
        where T : DaemonFrame
    {
        var named = frame with { Id = ids.Next() };
        if (!FrameEncoder.TryEncode(named, out var bytes)) return Answer<T>.Refused(FrameEncoder.TooLong);
        waiters.Enter();
        try
        {
            if (Hold(to) is not { } line) return Answer<T>.Refused(ended!);
            var pending = new PendingSend(named, bytes, line.Epoch);
            if (await QueueAsync(line, pending, ct).ConfigureAwait(false) is { } refusal) return Answer<T>.Refused(refusal);
            using var withdrawing = withdraw.Register(() => Withdraw(line, pending));
            var outcome = await pending.Outcome.WaitAsync(ct).ConfigureAwait(false);
            return outcome.IsRefused ? Answer<T>.Refused(outcome.Refusal)
                : outcome.Value is T answer ? Answer<T>.Of(answer)
                : Answer<T>.Refused(Unknown);
        }
        finally
        {
            waiters.Leave();
        }
    }

    /// <summary>For the pump: the next queue with something to send.</summary>
    public ValueTask<SendQueue> NextDueAsync(CancellationToken ct) => due.Reader.ReadAsync(ct);

    /// <summary>The bytes that the queue may send now.</summary>
    public ReadOnlyMemory<byte> Take(SendQueue line)
    {
        var output = new ArrayBufferWriter<byte>();
        lock (gate)
        {
            line.IsDue = false;
            if (pause is not { IsOn: true }) line.Take(output, unconfirmed.Contains(line.To), t => underWay.Add(t.Id, (line, t)));
            if (line.IsIdle) lines.Remove(line.To);
        }
        return output.WrittenMemory;
    }

    /// <summary>Without a connection: the queue is due again after <see cref="Rewind"/>.</summary>
    public void Rest(SendQueue line)
    {
        lock (gate) line.IsDue = false;
    }

    /// <summary>Handles the echo of a message or a change, repeated or not.</summary>
    public void Echo(DaemonFrame echo) => Finish(echo.Id!, Answer<DaemonFrame>.Of(echo));

    /// <summary>Handles a reply instead of an echo: a filter dropped the message. False if it answers no message.</summary>
    public bool Drop(DaemonFrame.Reply reply) =>
        reply.Id is not null && Finish(reply.Id, Answer<DaemonFrame>.Refused(new(ClientCode.Dropped, reply.Text)));

    /// <summary>Handles a refusal; retries if it is temporary. False if it answers no message.</summary>
    public bool Refuse(DaemonFrame.Error error)
    {
        if (error.Id is null) return false;
        lock (gate)
        {
            if (!underWay.TryGetValue(error.Id, out var entry)) return false;
            if (error.Code is RefusalCode.RateLimited or RefusalCode.Unavailable && Retry(entry.Line, entry.Pending, error))
                return true;
        }
        return Finish(error.Id, Answer<DaemonFrame>.Refused(Refusal.From(error)));
    }

    /// <summary>For a new connection: sends everything in flight again, in order, but for edits that a later one has replaced.</summary>
    /// <param name="rejoining">Rooms whose changes wait for <see cref="Confirm"/>: their numbers may have begun anew.</param>
    public void Rewind(IEnumerable<Conversation> rejoining)
    {
        lock (gate)
        {
            unconfirmed.Clear();
            unconfirmed.UnionWith(rejoining);
            GiveUp([.. lines.Values.SelectMany(l => l.Rewind())], Superseded);
            MakeAllDue();
        }
    }

    /// <summary>The conversation's numbers are those that the client knows, or it is not followed any more.</summary>
    public void Confirm(Conversation conversation)
    {
        lock (gate)
            if (unconfirmed.Remove(conversation) && lines.TryGetValue(conversation, out var line)) MakeDue(line);
    }

    /// <summary>The conversation began anew: refuses the changes that mean messages of before.</summary>
    public void BeginAnew(Conversation conversation)
    {
        lock (gate)
        {
            if (!lines.TryGetValue(conversation, out var line)) return;
            GiveUp(line.BeginAnew(), SendQueue.Begun);
            MakeDue(line);
        }
    }

    public void End(Refusal why)
    {
        List<PendingSend> left;
        lock (gate)
        {
            ended ??= why;
            left = [.. lines.Values.SelectMany(l => l.Drain())];
            lines.Clear();
            underWay.Clear();
        }
        foreach (var pending in left) pending.Complete(Answer<DaemonFrame>.Refused(pending.WasSent ? Unknown : why));
    }

    /// <summary>Null if it was queued. Releases the queue.</summary>
    private async ValueTask<Refusal?> QueueAsync(SendQueue line, PendingSend pending, CancellationToken ct)
    {
        try
        {
            await line.Waiting.WriteAsync(pending, ct).ConfigureAwait(false);
            return null;
        }
        catch (ChannelClosedException)
        {
            return ended;
        }
        finally
        {
            Release(line);
        }
    }

    private void Withdraw(SendQueue line, PendingSend pending)
    {
        lock (gate)
        {
            pending.IsWithdrawn = true;
            if (pending.IsSent || pending.WasSent) return; // the answer decides
            underWay.Remove(pending.Id);
            line.Remove(pending);
        }
        pending.Complete(Answer<DaemonFrame>.Refused(Withdrawn));
    }

    private SendQueue? Hold(Conversation to)
    {
        lock (gate)
        {
            if (ended is not null) return null;
            if (!lines.TryGetValue(to, out var line))
            {
                lines.Add(to, line = new SendQueue(to, NewPause(), Math.Min(options.Window, options.Unacknowledged),
                    Math.Max(1, options.Unacknowledged - options.Window)));
            }

            line.Holders++;
            return line;
        }
    }

    private void Release(SendQueue line)
    {
        lock (gate)
        {
            line.Holders--;
            MakeDue(line);
        }
    }

    private bool Finish(string id, Answer<DaemonFrame> answer)
    {
        PendingSend pending;
        lock (gate)
        {
            if (!underWay.Remove(id, out var entry)) return false;
            pending = entry.Pending;
            entry.Line.Remove(pending);
            entry.Line.Pass();
            if (entry.Line.IsIdle) lines.Remove(entry.Line.To);
            else MakeDue(entry.Line);
        }
        pending.Complete(answer);
        return true;
    }

    private void GiveUp(List<PendingSend> given, Refusal why)
    {
        foreach (var pending in given)
        {
            if (!underWay.Remove(pending.Id, out var entry)) continue;
            entry.Line.Remove(pending);
            pending.Complete(Answer<DaemonFrame>.Refused(why));
        }
    }

    private void MakeDue(SendQueue line)
    {
        if (line.IsDue || ended is not null) return;
        line.IsDue = true;
        due.Writer.TryWrite(line);
    }

    private void MakeAllDue()
    {
        foreach (var line in lines.Values) MakeDue(line);
    }

    private SendPause NewPause() => new(gate, options.Time, MakeAllDue, closing);

    /// <summary>
    /// Schedules a retry, but for what has been withdrawn. False if it has had all its retries, or is an edit that a later one has
    /// replaced.
    /// </summary>
    private bool Retry(SendQueue line, PendingSend pending, DaemonFrame.Error error)
    {
        if (pending.IsSuperseded) return false;
        var wait = Refusal.WaitOf(error) ?? UnavailableWait;
        var isOfAll = error is { Code: RefusalCode.RateLimited, Room: null }; // the connection's rate, not a room's slow mode
        // Refused with the message in front of it: no retry of its own, or the last of many would run out of them.
        var isBehind = isOfAll && pause is { IsOn: true };
        var isOfRoom = error is { Code: RefusalCode.RateLimited, Room: not null };
        if (!isBehind && !isOfRoom && pending.Retries++ >= options.Retries) return false;
        pending.IsSent = false;
        pending.WasSent &= error.Code is RefusalCode.Unavailable; // rate_limited means surely not stored
        (isOfAll ? pause ??= NewPause() : line.Pause).Begin(isOfRoom && wait > ProbeWait ? ProbeWait : wait);
        if (isOfRoom)
        {
            line.Probe();
            Held?.Invoke(line.To, wait);
        }
        if (pending is { IsWithdrawn: true, WasSent: false })
        {
            underWay.Remove(pending.Id);
            line.Remove(pending);
            pending.Complete(Answer<DaemonFrame>.Refused(Withdrawn));
        }
        return true;
    }
}
