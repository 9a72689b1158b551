using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>The unconfirmed lines, and what they wait for: the connection, or a room in slow mode. Thread-safe.</summary>
internal sealed class PendingLines(UserOutput output, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();

    /// <summary>Held while drawing, so that old rows never replace newer ones; taken before <see cref="gate"/>.</summary>
    private readonly Lock showing = new();
    private readonly LinkedList<PendingLine> unconfirmed = [];

    /// <summary>When rooms in slow mode let the next line pass. A room stays until then, or until a line has passed.</summary>
    private readonly Dictionary<Conversation, DateTimeOffset> held = [];
    private TaskCompletionSource holding = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isDown, isShown;
    private DateTimeOffset? nextTry;
    private ITimer? ticking;

    /// <summary>When the client reconnects, for the prompt; empty while connected.</summary>
    public string Prompt
    {
        get
        {
            lock (gate)
            {
                if (!isDown || nextTry is not { } at) return "";
                return output.Texts.NextTry(SecondsUntil(at));
            }
        }
    }

    /// <summary>Completes when the next line has to wait because of slow mode.</summary>
    public Task Holding
    {
        get
        {
            lock (gate) return holding.Task;
        }
    }

    /// <summary>Whether the line waits because of slow mode, or for one that does.</summary>
    public bool IsHeld(PendingLine line)
    {
        lock (gate) return line.To is { } to && held.ContainsKey(to);
    }

    /// <summary>Awaits the outcome of a line, which is unconfirmed until then.</summary>
    public async Task<T> AwaitAsync<T>(PendingLine line, Task<T> outcome)
    {
        LinkedListNode<PendingLine> node;
        lock (gate)
        {
            ForgetPassed();
            node = unconfirmed.AddLast(line);
            if (CanWithdraw(line)) StartTicking(TimeSpan.Zero);
        }
        Show();
        try
        {
            return await outcome;
        }
        finally
        {
            lock (gate)
            {
                unconfirmed.Remove(node);
                var isWithdrawn = line.Withdraw is { IsCancellationRequested: true }; // the next one has to wait as long
                if (!isWithdrawn && line.To is { } to && !unconfirmed.Any(l => to.Equals(l.To))) held.Remove(to);
            }
            Show();
        }
    }

    /// <summary>A room makes its lines wait. Called under a lock of the client library, so the screen follows by a timer.</summary>
    public void Hold(Conversation room, TimeSpan wait)
    {
        lock (gate)
        {
            held[room] = time.GetUtcNow() + wait;
            holding.TrySetResult();
            holding = new(TaskCreationOptions.RunContinuationsAsynchronously);
            StartTicking(TimeSpan.Zero);
        }
    }

    /// <summary>Takes back the newest line that waits because of slow mode. Null if there is none.</summary>
    public string? TakeBack()
    {
        PendingLine? line;
        lock (gate) line = unconfirmed.LastOrDefault(CanWithdraw);
        line?.Withdraw!.Cancel();
        return line?.Text;
    }

    public void Begin()
    {
        int waiting;
        lock (gate) (isDown, waiting) = (true, unconfirmed.Count);
        if (waiting > 0 && !output.Screen.IsInteractive) output.Note(output.Texts.LinesWaiting(waiting));
        Show();
    }

    public void Next(TimeSpan delay)
    {
        lock (gate)
        {
            nextTry = time.GetUtcNow() + delay;
            StartTicking(Second);
        }
        if (!output.Screen.IsInteractive && delay >= Second) output.Note(output.Texts.NextTryLine((long)Math.Ceiling(delay.TotalSeconds)));
        output.Screen.Redraw();
    }

    /// <summary>Connected again: the lines are sent, and their echoes replace them.</summary>
    public void End()
    {
        lock (gate)
        {
            (isDown, nextTry) = (false, null);
            held.Clear();
        }
        Show();
    }

    public IReadOnlyList<string> Unconfirmed
    {
        get
        {
            lock (gate) return [.. unconfirmed.Select(line => line.Text)];
        }
    }

    public void Dispose() => ticking?.Dispose();

    /// <summary>Redraws what counts down, and stops when nothing does.</summary>
    private void Tick()
    {
        lock (gate)
        {
            ForgetPassed();
            if (!isDown && !unconfirmed.Any(CanWithdraw))
            {
                ticking?.Dispose();
                ticking = null;
            }
        }
        Show();
        output.Screen.Redraw();
    }

    private void StartTicking(TimeSpan first)
    {
        if (output.Screen.IsInteractive) ticking ??= time.CreateTimer(_ => Tick(), null, first, Second);
    }

    /// <summary>A line that is still there stays held: it is being tried.</summary>
    private void ForgetPassed()
    {
        var now = time.GetUtcNow();
        foreach (var (room, until) in held)
            if (until <= now && !unconfirmed.Any(l => room.Equals(l.To))) held.Remove(room);
    }

    private void Show()
    {
        if (!output.Screen.IsInteractive) return;
        lock (showing)
        {
            List<string> rows;
            lock (gate)
            {
                rows = isDown ? [.. unconfirmed.Select(line => output.Texts.WaitingLine(TextRules.Harmless(line.Text)))] : HeldRows();
                if (rows.Count == 0 && !isShown && !isDown) return;
                isShown = rows.Count > 0 || isDown;
            }
            output.Screen.ShowWaiting(rows);
        }
    }

    /// <summary>The first line of a room shows how long it waits; the others follow it.</summary>
    private List<string> HeldRows()
    {
        var (rows, rooms) = (new List<string>(), new HashSet<Conversation>());
        foreach (var line in unconfirmed.Where(IsShownHeld))
        {
            var text = TextRules.Harmless(line.Text);
            rows.Add(rooms.Add(line.To!) ? output.Texts.SlowLine(SecondsUntil(held[line.To!]), text) : output.Texts.WaitingLine(text));
        }
        return rows;
    }

    private bool IsShownHeld(PendingLine line) => line is { To: { } to, Withdraw: not null } && held.ContainsKey(to);

    private bool CanWithdraw(PendingLine line) => IsShownHeld(line) && !line.Withdraw!.IsCancellationRequested;

    private long SecondsUntil(DateTimeOffset at) => Math.Max(0, (long)Math.Ceiling((at - time.GetUtcNow()).TotalSeconds));
}
