using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Coordination;

namespace Chat.LoadTest.Screen;

/// <summary>Shows on standard error how far the run is, once a second.</summary>
internal abstract class LiveScreen(Gathering gathering, LoadTexts texts, TimeProvider time) : IAsyncDisposable
{
    private long start;
    private LiveFigures? before;

    protected LoadTexts Texts => texts;

    /// <summary>A live table on a terminal; else plain lines, or nothing beside a JSON report.</summary>
    public static LiveScreen Create(Gathering gathering, UsageSampler sampler, LoadOptions options, LoadTexts texts, TimeProvider time) =>
        Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb"
            ? new PlainLines(gathering, options, texts, time)
            : new LiveTable(gathering, sampler, options, texts, time);

    /// <summary>A line about the phase of the run.</summary>
    public abstract void Say(string text);

    /// <summary>Updates until disposed.</summary>
    public virtual IAsyncDisposable Start()
    {
        start = time.GetTimestamp();
        return time.CreateTimer(_ => Update(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <param name="perSecond">Deliveries in the last second.</param>
    protected abstract void Show(double seconds, LiveFigures now, long perSecond);

    private void Update()
    {
        var now = gathering.Live;
        Show(time.GetElapsedTime(start).TotalSeconds, now, now.Delivered - (before?.Delivered ?? 0));
        before = now;
    }
}
