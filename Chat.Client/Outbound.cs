using System.Buffers;
using System.Threading.Channels;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>The messages of this client that have no echo yet. One lock guards the lines and their tickets; nothing is called under it that waits.</summary>
internal sealed class Outbound(ChatClientOptions options, MessageIds ids, Demand demand, CancellationToken closing)
{
    /// <summary>Wait after <c>unavailable</c>, which names none.</summary>
    private static readonly TimeSpan UnavailableWait = TimeSpan.FromMilliseconds(500);

    private static readonly Refusal Unknown = new(ClientCode.OutcomeUnknown, "The session ended before the echo came; the message may be logged or not.");

    private readonly Lock gate = new();
    private readonly Dictionary<Conversation, SendLine> lines = [];
    private readonly Dictionary<string, (SendLine Line, Ticket Ticket)> underWay = [];
    private readonly Channel<SendLine> due = Channel.CreateUnbounded<SendLine>(); // each line stands in it at most once
    private Refusal? ended;

    /// <summary>Queues a message; waits while the conversation has its limit of messages without an echo.</summary>
    public async Task<Answer<DaemonFrame.Message>> SendAsync(Conversation to, string text, CancellationToken ct)
    {
        var id = ids.Next();
        var frame = new ClientFrame.Message(text, to.IsDirect ? null : to.Name, to.IsDirect ? to.Name : null) { Id = id };
        if (!FrameBytes.TryEncode(frame, out var bytes)) return Answer<DaemonFrame.Message>.Refused(FrameBytes.TooLong);
        var ticket = new Ticket(id, bytes);
        demand.Enter();
        try
        {
            return await QueueAsync(to, ticket, ct).ConfigureAwait(false) is { } refusal
                ? Answer<DaemonFrame.Message>.Refused(refusal)
                : await ticket.Outcome.WaitAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            demand.Leave();
        }
    }

    /// <summary>Waits until a line has something to send. For the pump.</summary>
    public ValueTask<SendLine> NextDueAsync(CancellationToken ct) => due.Reader.ReadAsync(ct);

    /// <summary>What the line may send on the present connection.</summary>
    public ReadOnlyMemory<byte> Take(SendLine line)
    {
        var output = new ArrayBufferWriter<byte>();
        lock (gate)
        {
            line.IsDue = false;
            line.Take(output, t => underWay.Add(t.Id, (line, t)));
            if (line.IsIdle) lines.Remove(line.To);
        }
        return output.WrittenMemory;
    }

    /// <summary>There is no connection to send on: the line is due again after <see cref="Rewind"/>.</summary>
    public void Rest(SendLine line)
    {
        lock (gate) line.IsDue = false;
    }

    /// <summary>The acknowledgement, repeated or not.</summary>
    public void Echo(DaemonFrame.Message echo) => Finish(echo.Id!, Answer<DaemonFrame.Message>.Of(echo));

    /// <summary>A reply to a message instead of its echo: a filter has dropped it. False where the reply is to no message.</summary>
    public bool Drop(DaemonFrame.Reply reply) => reply.Id is not null && Finish(reply.Id, Answer<DaemonFrame.Message>.Refused(new(ClientCode.Dropped, reply.Text)));

    /// <summary>False where the refusal is of no message. One that is for a while only is not told to the sender: the message is sent again.</summary>
    public bool Refuse(DaemonFrame.Error error)
    {
        if (error.Id is null) return false;
        lock (gate)
        {
            if (!underWay.TryGetValue(error.Id, out var entry)) return false;
            if (error.Code is RefusalCode.RateLimited or RefusalCode.Unavailable && entry.Ticket.Retries++ < options.Retries)
            {
                entry.Ticket.IsSent = false;
                entry.Ticket.WasSent &= error.Code is RefusalCode.Unavailable; // the other refusal is sure
                if (!entry.Line.IsPaused) Pause(entry.Line, error.RetryAfter is { } wait ? TimeSpan.FromMilliseconds(wait) : UnavailableWait);
                return true;
            }
        }
        return Finish(error.Id, Answer<DaemonFrame.Message>.Refused(Refusal.From(error)));
    }

    /// <summary>The connection is another: all that is under way is sent again, in order.</summary>
    public void Rewind()
    {
        lock (gate)
        {
            foreach (var line in lines.Values)
            {
                line.Rewind();
                MakeDue(line);
            }
        }
    }

    public void End(Refusal why)
    {
        List<Ticket> left;
        lock (gate)
        {
            ended ??= why;
            left = [.. lines.Values.SelectMany(l => l.Drain())];
            lines.Clear();
            underWay.Clear();
        }
        foreach (var ticket in left) ticket.Complete(Answer<DaemonFrame.Message>.Refused(ticket.WasSent ? Unknown : why));
    }

    /// <summary>Null where the message is queued; else why no more are taken.</summary>
    private async ValueTask<Refusal?> QueueAsync(Conversation to, Ticket ticket, CancellationToken ct)
    {
        if (Hold(to) is not { } line) return ended;
        try
        {
            await line.Waiting.WriteAsync(ticket, ct).ConfigureAwait(false);
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

    private SendLine? Hold(Conversation to)
    {
        lock (gate)
        {
            if (ended is not null) return null;
            if (!lines.TryGetValue(to, out var line))
                lines.Add(to, line = new SendLine(to, Math.Min(options.Window, options.Unacknowledged), Math.Max(1, options.Unacknowledged - options.Window)));
            line.Holders++;
            return line;
        }
    }

    private void Release(SendLine line)
    {
        lock (gate)
        {
            line.Holders--;
            MakeDue(line);
        }
    }

    private bool Finish(string id, Answer<DaemonFrame.Message> answer)
    {
        Ticket ticket;
        lock (gate)
        {
            if (!underWay.Remove(id, out var entry)) return false;
            ticket = entry.Ticket;
            entry.Line.Remove(ticket);
            if (entry.Line.IsIdle) lines.Remove(entry.Line.To);
            else MakeDue(entry.Line);
        }
        ticket.Complete(answer);
        return true;
    }

    private void MakeDue(SendLine line)
    {
        if (line.IsDue || ended is not null) return;
        line.IsDue = true;
        due.Writer.TryWrite(line);
    }

    private void Pause(SendLine line, TimeSpan wait)
    {
        line.IsPaused = true;
        _ = ResumeAsync();

        async Task ResumeAsync()
        {
            await Task.Delay(wait, options.Time, closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (gate)
            {
                line.IsPaused = false;
                MakeDue(line);
            }
        }
    }
}
