using Chat.Protocol;

namespace Chat.Cli;

/// <summary>The unconfirmed lines, and the state of the connection. Thread-safe.</summary>
internal sealed class PendingLines(UserOutput output, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();

    /// <summary>Held while drawing, so that old rows never replace newer ones; taken before <see cref="gate"/>.</summary>
    private readonly Lock showing = new();
    private readonly LinkedList<string> unconfirmed = [];
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
                return output.Texts.NextTry(Math.Max(0, (long)Math.Ceiling((at - time.GetUtcNow()).TotalSeconds)));
            }
        }
    }

    /// <summary>Awaits the outcome of a line, which is unconfirmed until then.</summary>
    public async Task<T> AwaitAsync<T>(string line, Task<T> outcome)
    {
        LinkedListNode<string> node;
        lock (gate) node = unconfirmed.AddLast(line);
        Show();
        try
        {
            return await outcome;
        }
        finally
        {
            lock (gate) unconfirmed.Remove(node);
            Show();
        }
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
        lock (gate) nextTry = time.GetUtcNow() + delay;
        if (!output.Screen.IsInteractive && delay >= Second) output.Note(output.Texts.NextTryLine((long)Math.Ceiling(delay.TotalSeconds)));
        if (output.Screen.IsInteractive) ticking ??= time.CreateTimer(_ => output.Screen.Redraw(), null, Second, Second);
        output.Screen.Redraw();
    }

    /// <summary>Connected again: the lines are sent, and their echoes replace them.</summary>
    public void End()
    {
        lock (gate) (isDown, nextTry) = (false, null);
        ticking?.Dispose();
        ticking = null;
        Show();
    }

    public IReadOnlyList<string> Unconfirmed
    {
        get
        {
            lock (gate) return [.. unconfirmed];
        }
    }

    public void Dispose() => ticking?.Dispose();

    private void Show()
    {
        if (!output.Screen.IsInteractive) return;
        lock (showing)
        {
            List<string> rows;
            lock (gate)
            {
                if (!isDown && !isShown) return;
                rows = isDown ? [.. unconfirmed.Select(line => output.Texts.WaitingLine(TextRules.Harmless(line)))] : [];
                isShown = isDown;
            }
            output.Screen.ShowWaiting(rows);
        }
    }
}
