using System.Globalization;

namespace SearchBench;

/// <summary>Rounds of the same load: all their times, the p99 of each, and the processor time of this process for one write.</summary>
internal sealed class Phase
{
    private readonly Times all = new();
    private readonly List<double> tails = [];
    private TimeSpan cpu;

    public async Task RunAsync(Func<Task<Times>> load)
    {
        var before = Environment.CpuUsage.TotalTime;
        var times = await load();
        cpu += Environment.CpuUsage.TotalTime - before;
        tails.Add(times.At(0.99));
        all.Add(times);
    }

    public override string ToString()
    {
        var each = string.Join(" ", tails.Order().Select(tail => tail.ToString("N1", CultureInfo.CurrentCulture)));
        return $"{all}; p99 of each round {each}; {cpu.TotalMicroseconds / all.Count:N0} µs CPU a write";
    }
}
