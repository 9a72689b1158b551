using System.Buffers;
using System.Globalization;
using Chat.LoadTest.Measuring;
using Chat.LoadTest.Scenarios;
using Chat.LoadTest.Wire;
using Chat.Protocol;

namespace Chat.LoadTest.Workers;

/// <summary>
/// The sending side of one user: writes what is due in order, and waits while too many messages await their echo. Any thread may call
/// it, and no call blocks.
/// </summary>
internal sealed class Outgoing(ScenarioShare share, int user, RequestMaker maker)
{
    private const int WriteBytes = 16_384;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    private readonly Lock gate = new();
    private Queue<(ActionKind Kind, long Due)>? backlog;
    private Queue<ClientFrame>? urgent;
    private SortedDictionary<int, Request>? requests;

    /// <summary>Messages without an echo, to be sent again on another connection; null if the scenario never resumes.</summary>
    private SortedDictionary<int, MessageMark>? unechoed;
    private TaskCompletionSource? idle;
    private Link? link;
    private bool busy, open;
    private int written, unanswered, lastRequest;
    private long answers;

    /// <summary>Messages written so far, without those written again.</summary>
    public int Written => Volatile.Read(ref written);

    /// <summary>Actions due but not written yet.</summary>
    public int Waiting
    {
        get { lock (gate) return backlog?.Count ?? 0; }
    }

    /// <summary>Messages without an echo or a refusal yet.</summary>
    public int Unechoed
    {
        get { lock (gate) return unanswered; }
    }

    /// <summary>Requests that are not messages: those without an answer yet.</summary>
    public int Unanswered
    {
        get { lock (gate) return requests?.Count ?? 0; }
    }

    /// <summary>Requests that are not messages: those with an answer or a refusal.</summary>
    public long Answers => Volatile.Read(ref answers);

    /// <summary>Frames that are not actions may be written from now on.</summary>
    public void Attach(Link to)
    {
        lock (gate) (link, busy, open) = (to, false, false);
    }

    public void Detach()
    {
        lock (gate)
        {
            (link, open) = (null, false);
            if (!share.Scenario.Resumes) requests?.Clear();
            urgent?.Clear();
        }
    }

    /// <summary>Actions are written from now on, first what an earlier connection left without an answer.</summary>
    public void Open()
    {
        lock (gate)
        {
            open = true;
            if (unechoed is { Count: > 0 }) foreach (var mark in unechoed.Values) (urgent ??= new()).Enqueue(MessageOf(mark));
            if (requests is { Count: > 0 }) foreach (var number in requests.Keys.ToList()) Repeat(number);
        }
        Flush();
    }

    /// <summary>Writes a frame before all actions.</summary>
    public void Say(ClientFrame frame)
    {
        lock (gate) (urgent ??= new()).Enqueue(frame);
        Flush();
    }

    public void Reply(ReadOnlyMemory<byte> bytes)
    {
        lock (gate) if (link is not null && !busy) busy = !link.Write(bytes.Span);
    }

    /// <summary>Queues an action; <see cref="Flush"/> writes it.</summary>
    public void Add(ActionKind kind, long due)
    {
        lock (gate) (backlog ??= new()).Enqueue((kind, due));
    }

    public void DropWaiting()
    {
        lock (gate) backlog?.Clear();
    }

    public void Flush()
    {
        lock (gate)
        {
            while (link is not null && !busy)
            {
                var buffer = scratch ??= new ArrayBufferWriter<byte>(WriteBytes);
                buffer.ResetWrittenCount();
                while (buffer.WrittenCount < WriteBytes && urgent is not null && urgent.TryDequeue(out var frame))
                    share.Protocol.Write(buffer, frame);
                while (open && buffer.WrittenCount < WriteBytes && MayWriteNext()) Compose(buffer);
                if (buffer.WrittenCount == 0) return;
                busy = !link.Write(buffer.WrittenSpan);
            }
        }
    }

    /// <summary>The link is free again, unless it is an earlier one.</summary>
    public void LinkWritten(Link from)
    {
        lock (gate)
        {
            if (from != link) return;
            busy = false;
        }
        Flush();
    }

    /// <summary>A message has its echo or its refusal. False if it had one before.</summary>
    public bool Answered(int counter)
    {
        lock (gate)
        {
            if (unechoed is not null && !unechoed.Remove(counter)) return false;
            unanswered--;
            TellIfIdle();
            return true;
        }
    }

    /// <summary>The request with that id, which is answered now; null if there is none.</summary>
    public Request? Answered(string? id)
    {
        if (id is null or not ['q', ..] || !int.TryParse(id.AsSpan(1), out var number)) return null;
        lock (gate)
        {
            if (requests is null || !requests.Remove(number, out var request)) return null;
            answers++;
            TellIfIdle();
            return request;
        }
    }

    /// <summary>Whether nothing is waiting or without its answer.</summary>
    public bool IsIdle
    {
        get { lock (gate) return unanswered == 0 && backlog is not { Count: > 0 } && requests is not { Count: > 0 }; }
    }

    /// <summary>Completes when nothing is waiting or without its answer.</summary>
    public Task WhenIdleAsync()
    {
        lock (gate)
        {
            if (IsIdle) return Task.CompletedTask;
            return (idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private bool MayWriteNext() => backlog is not null && backlog.TryPeek(out var next)
        && (next.Kind != ActionKind.Message || unanswered < ProtocolLimits.RememberedIds);

    private void Compose(ArrayBufferWriter<byte> buffer)
    {
        var (kind, due) = backlog!.Dequeue();
        var now = share.Clock.Now;
        if (kind == ActionKind.Message)
        {
            ComposeMessage(buffer, due, now);
            return;
        }
        var number = ++lastRequest;
        var frame = maker.Make(kind, due, now) with { Id = VirtualId.Of(number) };
        (requests ??= [])[number] = new(kind, frame, due, now);
        share.Protocol.Write(buffer, frame);
    }

    private void Repeat(int number)
    {
        var request = requests![number] with { IsRepeated = true };
        requests[number] = request;
        (urgent ??= new()).Enqueue(request.Frame);
    }

    private void ComposeMessage(ArrayBufferWriter<byte> buffer, long due, long now)
    {
        var counter = written + 1;
        Volatile.Write(ref written, counter);
        var mark = new MessageMark(user, counter, due, now);
        if (share.Protocol.Echoes) unanswered++;
        if (share.Scenario.Resumes) (unechoed ??= [])[counter] = mark;
        share.Protocol.Write(buffer, MessageOf(mark));
    }

    private ClientFrame.Message MessageOf(MessageMark mark)
    {
        var partner = share.Scenario.PartnerOf(user);
        return new(share.Payload.TextOf(mark), partner is null ? share.RoomOf(user) : null, partner is { } to ? share.NameOf(to) : null)
        {
            Id = mark.Counter.ToString(CultureInfo.InvariantCulture),
        };
    }

    private void TellIfIdle()
    {
        if (idle is null || !IsIdle) return;
        idle.TrySetResult();
        idle = null;
    }
}
