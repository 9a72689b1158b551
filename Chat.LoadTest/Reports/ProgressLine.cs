using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Reports;

/// <summary>A line on standard error that shows how far the run is. Writes nothing if standard error is not a terminal.</summary>
internal sealed class ProgressLine(WorkerPool workers, LoadTexts texts, TimeProvider time)
{
    private readonly bool isTerminal = !Console.IsErrorRedirected;
    private int width;

    public void Show(string text)
    {
        if (!isTerminal) return;
        // Spaces overwrite the old line; some terminals understand no escape sequences.
        Console.Error.Write("\r" + text.PadRight(width));
        width = text.Length;
    }

    public void Clear()
    {
        Show("");
        if (isTerminal) Console.Error.Write("\r");
    }

    /// <summary>Updates the line every second until disposed.</summary>
    public IAsyncDisposable StartCounting()
    {
        var start = time.GetTimestamp();
        var before = workers.Progress;
        return time.CreateTimer(_ =>
        {
            var now = workers.Progress;
            var seconds = (long)time.GetElapsedTime(start).TotalSeconds;
            Show(texts.Progress(seconds, now.Users, now.Sent, now.Delivered, now.Delivered - before.Delivered, now.Refused));
            before = now;
        }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }
}
