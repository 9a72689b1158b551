using System.Collections.Concurrent;
using System.Globalization;

namespace Chat.Plugins.Tests.Swaps;

/// <summary>What was seen of a swap under load. Safe from any thread.</summary>
internal sealed class SwapReport
{
    private readonly ConcurrentQueue<string> faults = new();
    private ConcurrentBag<TimeSpan> echoes = [];
    private int active;
    private int answers;

    /// <summary>Everything that was not as promised.</summary>
    public IReadOnlyCollection<string> Faults => faults;

    public int Answers => Volatile.Read(ref answers);

    /// <summary>The version that is known to be active.</summary>
    public int Active
    {
        get => Volatile.Read(ref active);
        set => Volatile.Write(ref active, value);
    }

    /// <summary>The version that was dropped last.</summary>
    public int Dropped { get; set; }

    public void Fault(string what) => faults.Enqueue(what);

    public void Echoed(TimeSpan took) => echoes.Add(took);

    /// <param name="oldest">Known to be active when the command was sent.</param>
    public void Answered(string text, int oldest)
    {
        Interlocked.Increment(ref answers);
        if (text is not ['v', _, _, _, _, ' ', ..] || !int.TryParse(text.AsSpan(1, 4), CultureInfo.InvariantCulture, out var version)) Fault($"answered \"{text}\"");
        else if (version < oldest || version > Dropped) Fault($"answered by version {version}, while {oldest} was active and {Dropped} dropped");
    }

    /// <summary>Half of the echoes, and all but one in a hundred, since the last call.</summary>
    public (int Count, TimeSpan Median, TimeSpan P99) TakeEchoes()
    {
        var taken = Interlocked.Exchange(ref echoes, []).Order().ToList();
        return taken.Count == 0 ? default : (taken.Count, taken[taken.Count / 2], taken[(int)(taken.Count * 0.99)]);
    }
}
