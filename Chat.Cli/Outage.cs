using Chat.Protocol;

namespace Chat.Cli;

/// <summary>What has been written and is not confirmed yet, and whether there is a connection to send it on. Safe from any thread.</summary>
internal sealed class Outage(Voice voice, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();

    /// <summary>Held while rows are shown, so that older ones never replace newer ones; taken before <see cref="gate"/>.</summary>
    private readonly Lock showing = new();
    private readonly LinkedList<string> unconfirmed = [];
    private bool isDown, isShown;
    private DateTimeOffset? nextTry;
    private ITimer? ticking;

    /// <summary>When the next attempt to connect comes, in words; empty while there is a connection.</summary>
    public string Prompt
    {
        get
        {
            lock (gate) return isDown && nextTry is { } at ? voice.Texts.NextTry(Math.Max(0, (long)Math.Ceiling((at - time.GetUtcNow()).TotalSeconds))) : "";
        }
    }

    /// <summary>Awaits the outcome of a line, which counts as unconfirmed until then.</summary>
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
        if (waiting > 0 && !voice.Screen.IsInteractive) voice.Note(voice.Texts.LinesWait(waiting));
        Show();
    }

    public void Next(TimeSpan delay)
    {
        lock (gate) nextTry = time.GetUtcNow() + delay;
        if (!voice.Screen.IsInteractive && delay >= Second) voice.Note(voice.Texts.NextTryLine((long)Math.Ceiling(delay.TotalSeconds)));
        if (voice.Screen.IsInteractive) ticking ??= time.CreateTimer(_ => voice.Screen.Redraw(), null, Second, Second);
        voice.Screen.Redraw();
    }

    /// <summary>What waited is being sent: its echoes take its place.</summary>
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
        if (!voice.Screen.IsInteractive) return;
        lock (showing)
        {
            List<string> rows;
            lock (gate)
            {
                if (!isDown && !isShown) return;
                rows = isDown ? [.. unconfirmed.Select(line => voice.Texts.Waits(TextRules.Harmless(line)))] : [];
                isShown = isDown;
            }
            voice.Screen.ShowWaiting(rows);
        }
    }
}
