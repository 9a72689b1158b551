using System.Globalization;
using System.Text.RegularExpressions;

namespace SwapBench;

/// <summary>The generations of the swapped plugin, as the daemon logs them. Any thread may use it.</summary>
internal sealed partial class GenerationLog
{
    private readonly Lock gate = new(); // guards the fields below
    private TaskCompletionSource changed = NewSignal();
    private int active, alive;

    /// <summary>The highest number of generations alive at once.</summary>
    public int MostAlive { get; private set; }

    public int Leaked { get; private set; }

    /// <summary>All warnings and errors.</summary>
    public List<string> Complaints { get; } = [];

    public void Take(string line)
    {
        lock (gate)
        {
            if (Complaint().IsMatch(line)) Complaints.Add(line);
            if (Life().Match(line) is not { Success: true } match) return;
            switch (match.Groups["what"].Value)
            {
                case "from":
                    active = int.Parse(match.Groups["version"].ValueSpan, CultureInfo.InvariantCulture);
                    MostAlive = Math.Max(MostAlive, ++alive);
                    break;
                case "is collected":
                    alive--;
                    break;
                default:
                    Leaked++;
                    break;
            }
            changed.SetResult();
            changed = NewSignal();
        }
    }

    public Task ActiveAsync(int version) => UntilAsync(() => active >= version, TimeSpan.FromMinutes(2));

    /// <summary>Waits until only the active generation is alive.</summary>
    /// <exception cref="TimeoutException">Others are still alive after a minute.</exception>
    public Task AloneAsync() => UntilAsync(() => alive == 1, TimeSpan.FromMinutes(1));

    private async Task UntilAsync(Func<bool> isSo, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (isSo()) return;
                next = changed.Task;
            }
            await next.WaitAsync(limit, timeout.Token);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [GeneratedRegex(@"Plugin versioned v(?<version>\d{4}) (?<what>from|is collected|is leaked)")]
    private static partial Regex Life();

    [GeneratedRegex(@"^\S+ (warn|error|fatal) ")]
    private static partial Regex Complaint();
}
