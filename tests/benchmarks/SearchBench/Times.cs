using System.Diagnostics;

namespace SearchBench;

/// <summary>Times, as percentiles. Safe from any thread.</summary>
internal sealed class Times
{
    private readonly List<double> milliseconds = [];

    public void Add(TimeSpan time)
    {
        lock (milliseconds) milliseconds.Add(time.TotalMilliseconds);
    }

    public async Task MeasureAsync(Func<Task> act)
    {
        var began = Stopwatch.GetTimestamp();
        await act();
        Add(Stopwatch.GetElapsedTime(began));
    }

    public int Count => milliseconds.Count;

    public void Add(Times others) => milliseconds.AddRange(others.milliseconds);

    public override string ToString()
    {
        return $"median {At(0.5),7:N2}, p99 {At(0.99),7:N2}, longest {At(1),7:N2} ms, of {milliseconds.Count:N0}";
    }

    public double At(double share)
    {
        milliseconds.Sort();
        return milliseconds.Count == 0 ? 0 : milliseconds[(int)((milliseconds.Count - 1) * share)];
    }
}
