using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Reports;

/// <summary>One line of standard error that says how far the run is; nothing where nobody watches.</summary>
internal sealed class ProgressLine(WorkForce workers, LoadTexts texts, TimeProvider time)
{
    private readonly bool isWatched = !Console.IsErrorRedirected;
    private int width;

    public void Say(string text)
    {
        if (!isWatched) return;
        // Without escape sequences: a terminal that knows none shows it as well.
        Console.Error.Write("\r" + text.PadRight(width));
        width = text.Length;
    }

    public void Clear()
    {
        Say("");
        if (isWatched) Console.Error.Write("\r");
    }

    /// <summary>Counts every second until it is disposed of.</summary>
    public IAsyncDisposable Begin()
    {
        var start = time.GetTimestamp();
        var before = workers.Progress;
        return time.CreateTimer(_ =>
        {
            var now = workers.Progress;
            Say(texts.Progress((long)time.GetElapsedTime(start).TotalSeconds, now.Users, now.Sent, now.Delivered, now.Delivered - before.Delivered, now.Refused));
            before = now;
        }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }
}
