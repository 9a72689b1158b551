using System.Globalization;

namespace HostileGuests;

/// <summary>What an attack did, over all its pairs.</summary>
internal sealed class Row(Attack attack)
{
    public const string Header =
        "attack             guests  connects   answers  CPU s  (sink)  log kB  MiB (sink)   p50 ms   (sink)   p99 ms   (sink)  ratio";

    private readonly List<Measurement> sink = [];
    private readonly List<Measurement> daemon = [];

    /// <summary>Of the bystanders' 99th percentiles: under the attack, to that while the attackers write to the sink.</summary>
    public double Ratio => Percentile(daemon, 99) / Percentile(sink, 99);

    public void Add(Measurement measured, bool isDaemon) => (isDaemon ? daemon : sink).Add(measured);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{attack.Name,-18} {attack.Connections,6} {daemon.Sum(m => m.Connections),9} {daemon.Sum(m => m.Answers),9} " +
        $"{Seconds(daemon),6:F1} {Seconds(sink),7:F1} {daemon.Sum(m => m.LogBytes) / 1000,7} " +
        $"{daemon[^1].PeakMemory,4} {sink[0].PeakMemory,6} " +
        $"{Percentile(daemon, 50),8:F1} {Percentile(sink, 50),8:F1} {Percentile(daemon, 99),8:F1} {Percentile(sink, 99),8:F1} " +
        $"{Ratio,6:F2}");

    private static double Seconds(List<Measurement> halves) => halves.Sum(half => half.Cpu.TotalSeconds);

    private static double Percentile(List<Measurement> halves, int percent)
    {
        List<double> echoes = [.. halves.SelectMany(half => half.Echoes).Order()];
        return echoes[Math.Min(echoes.Count - 1, echoes.Count * percent / 100)];
    }
}
