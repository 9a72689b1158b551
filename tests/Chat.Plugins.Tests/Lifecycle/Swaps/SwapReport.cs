using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Chat.Plugins.Tests.Lifecycle.Swaps;

/// <summary>What clients saw of swaps under load. Safe from any thread.</summary>
internal sealed partial class SwapReport
{
    private readonly ConcurrentQueue<string> faults = new();
    private readonly ConcurrentQueue<string> answers = new();
    private ConcurrentBag<TimeSpan> echoes = [], commands = [];
    private readonly ConcurrentQueue<(int Count, TaskCompletionSource Reached)> awaited = new();
    private int active, dropped, messages, bareUpTo;

    /// <summary>Broken promises.</summary>
    public IReadOnlyCollection<string> Faults => faults;

    /// <summary>The command's answers, each followed by its room. Unordered.</summary>
    public IReadOnlyCollection<string> Answers => answers;

    /// <summary>Messages that were echoed.</summary>
    public int Messages => Volatile.Read(ref messages);

    /// <summary>A filter of the plugin appends its version to each text.</summary>
    public bool IsStamped { get; init; }

    /// <summary>Up to this version, messages may lack the stamp, because the version was removed or hangs.</summary>
    public int BareUpTo
    {
        get => Volatile.Read(ref bareUpTo);
        set => Volatile.Write(ref bareUpTo, value);
    }

    /// <summary>The version known to be active; 0 for none.</summary>
    public int Active
    {
        get => Volatile.Read(ref active);
        set => Volatile.Write(ref active, value);
    }

    /// <summary>The version that was dropped last.</summary>
    public int Dropped
    {
        get => Volatile.Read(ref dropped);
        set => Volatile.Write(ref dropped, value);
    }

    public void Fault(string what) => faults.Enqueue(what);

    public void Echoed(TimeSpan took)
    {
        var count = Interlocked.Increment(ref messages);
        echoes.Add(took);
        foreach (var (enough, reached) in awaited)
            if (count >= enough) reached.TrySetResult();
    }

    /// <summary>Waits until this many more messages are echoed.</summary>
    public async Task EchoedAsync(int more)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        awaited.Enqueue((Messages + more, reached));
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <param name="oldest">The version known to be active when the command was sent.</param>
    public void Answered(string room, string text, int oldest, TimeSpan took)
    {
        answers.Enqueue($"{text} {room}");
        commands.Add(took);
        var isAnswer = text is ['v', _, _, _, _, ' ', ..];
        if (!isAnswer || !int.TryParse(text.AsSpan(1, 4), CultureInfo.InvariantCulture, out var version))
            Fault($"answered \"{text}\"");
        else if (version < oldest || version > Dropped)
            Fault($"answered by version {version}, while {oldest} was active and {Dropped} dropped");
    }

    /// <summary>Checks which version's filter stamped the text. <c>@n</c> in it is the version that the sender knew to be active.</summary>
    public void Received(string text)
    {
        if (!IsStamped) return;
        var match = Stamped().Match(text);
        var oldest = match.Success ? int.Parse(match.Groups["oldest"].ValueSpan, CultureInfo.InvariantCulture) : -1;
        var isRight = match.Groups["version"] is { Success: true } by
            ? int.Parse(by.ValueSpan, CultureInfo.InvariantCulture) is var version && version >= (oldest > 0 ? oldest : BareUpTo + 1)
                && version <= Dropped
            : oldest >= 0 && oldest <= BareUpTo;
        if (!isRight) Fault($"\"{text}\" was seen while {Active} was active and {Dropped} dropped");
    }

    /// <summary>Medians and 99th percentiles since the last call.</summary>
    public (Times Echoes, Times Commands) Take() =>
        (Times.Of(Interlocked.Exchange(ref echoes, [])), Times.Of(Interlocked.Exchange(ref commands, [])));

    [GeneratedRegex(@"^olá \w+ \d+ @(?<oldest>\d+)( \[v(?<version>\d{4}) \w+\])?$")]
    private static partial Regex Stamped();
}

/// <summary>How long something took.</summary>
internal readonly record struct Times(int Count, TimeSpan Median, TimeSpan P99)
{
    public static Times Of(IEnumerable<TimeSpan> all)
    {
        var sorted = all.Order().ToList();
        return sorted.Count == 0 ? default : new(sorted.Count, sorted[sorted.Count / 2], sorted[(int)(sorted.Count * 0.99)]);
    }
}
