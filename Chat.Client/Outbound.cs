using System.Buffers;
using System.Threading.Channels;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>The messages without an echo. One lock guards the queues and their messages; nothing under it blocks.</summary>
internal sealed class Outbound(ChatClientOptions options, MessageIds ids, AnswerWaiters waiters, CancellationToken closing)
{
    /// <summary>Delay before a retry after <c>unavailable</c>, which carries no <c>retry_after</c>.</summary>
    private static readonly TimeSpan UnavailableWait = TimeSpan.FromMilliseconds(500);

    private static readonly Refusal Unknown = new(ClientCode.OutcomeUnknown,
        "The session ended before the echo. The message may have been stored.");

    private readonly Lock gate = new();
    private readonly Dictionary<Conversation, SendQueue> lines = [];
    private readonly Dictionary<string, (SendQueue Line, PendingMessage PendingMessage)> underWay = [];
    private readonly Channel<SendQueue> due = Channel.CreateUnbounded<SendQueue>(); // contains each queue at most once
    private Refusal? ended;

    /// <summary>Of all queues: above the connection's rate, the daemon refuses every message until none comes for a while.</summary>
    private SendPause? pause;

    /// <summary>Queues a message and awaits its echo. Waits while the conversation's queue is full.</summary>
    public async Task<Answer<DaemonFrame.Message>> SendAsync(Conversation to, string text, CancellationToken ct)
    {
        var id = ids.Next();
        var frame = new ClientFrame.Message(text, to.RoomName, to.UserName) { Id = id };
        if (!FrameEncoder.TryEncode(frame, out var bytes)) return Answer<DaemonFrame.Message>.Refused(FrameEncoder.TooLong);
        var pending = new PendingMessage(id, bytes);
        waiters.Enter();
        try
        {
            return await QueueAsync(to, pending, ct).ConfigureAwait(false) is { } refusal
                ? Answer<DaemonFrame.Message>.Refused(refusal)
                : await pending.Outcome.WaitAsync(ct).ConfigureAwait(false);
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
            if (pause is not { IsOn: true }) line.Take(output, t => underWay.Add(t.Id, (line, t)));
            if (line.IsIdle) lines.Remove(line.To);
        }
        return output.WrittenMemory;
    }

    /// <summary>Without a connection: the queue is due again after <see cref="Rewind"/>.</summary>
    public void Rest(SendQueue line)
    {
        lock (gate) line.IsDue = false;
    }

    /// <summary>Handles an echo, repeated or not.</summary>
    public void Echo(DaemonFrame.Message echo) => Finish(echo.Id!, Answer<DaemonFrame.Message>.Of(echo));

    /// <summary>Handles a reply instead of an echo: a filter dropped the message. False if it answers no message.</summary>
    public bool Drop(DaemonFrame.Reply reply) =>
        reply.Id is not null && Finish(reply.Id, Answer<DaemonFrame.Message>.Refused(new(ClientCode.Dropped, reply.Text)));

    /// <summary>Handles a refusal; retries if it is temporary. False if it answers no message.</summary>
    public bool Refuse(DaemonFrame.Error error)
    {
        if (error.Id is null) return false;
        lock (gate)
        {
            if (!underWay.TryGetValue(error.Id, out var entry)) return false;
            if (error.Code is RefusalCode.RateLimited or RefusalCode.Unavailable && Retry(entry.Line, entry.PendingMessage, error))
                return true;
        }
        return Finish(error.Id, Answer<DaemonFrame.Message>.Refused(Refusal.From(error)));
    }

    /// <summary>For a new connection: sends everything in flight again, in order.</summary>
    public void Rewind()
    {
        lock (gate)
        {
            foreach (var line in lines.Values) line.Rewind();
            MakeAllDue();
        }
    }

    public void End(Refusal why)
    {
        List<PendingMessage> left;
        lock (gate)
        {
            ended ??= why;
            left = [.. lines.Values.SelectMany(l => l.Drain())];
            lines.Clear();
            underWay.Clear();
        }
        foreach (var pending in left) pending.Complete(Answer<DaemonFrame.Message>.Refused(pending.WasSent ? Unknown : why));
    }

    /// <summary>Null if the message was queued.</summary>
    private async ValueTask<Refusal?> QueueAsync(Conversation to, PendingMessage pending, CancellationToken ct)
    {
        if (Hold(to) is not { } line) return ended;
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

    private bool Finish(string id, Answer<DaemonFrame.Message> answer)
    {
        PendingMessage pending;
        lock (gate)
        {
            if (!underWay.Remove(id, out var entry)) return false;
            pending = entry.PendingMessage;
            entry.Line.Remove(pending);
            if (entry.Line.IsIdle) lines.Remove(entry.Line.To);
            else MakeDue(entry.Line);
        }
        pending.Complete(answer);
        return true;
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

    /// <summary>Schedules a retry. False if the message has had all its retries.</summary>
    private bool Retry(SendQueue line, PendingMessage pending, DaemonFrame.Error error)
    {
        var wait = Refusal.WaitOf(error) ?? UnavailableWait;
        var isOfAll = error is { Code: RefusalCode.RateLimited, Room: null }; // the connection's rate, not a room's slow mode
        // Refused with the message in front of it: no retry of its own, or the last of many would run out of them.
        var isBehind = isOfAll && pause is { IsOn: true };
        if (!isBehind && pending.Retries++ >= options.Retries) return false;
        pending.IsSent = false;
        pending.WasSent &= error.Code is RefusalCode.Unavailable; // rate_limited means surely not stored
        (isOfAll ? pause ??= NewPause() : line.Pause).Begin(wait);
        return true;
    }
}
