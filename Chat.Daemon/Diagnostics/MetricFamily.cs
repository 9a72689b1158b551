using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Chat.Daemon.Diagnostics;

/// <summary>One instrument in Prometheus text format. The caller holds a lock.</summary>
internal sealed class MetricFamily(Instrument instrument)
{
    private readonly string name = NameOf(instrument);
    private readonly SortedDictionary<string, double> values = new(StringComparer.Ordinal);
    private readonly double[] bounds = [.. (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? []];
    private readonly long[] buckets = new long[((instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries?.Count ?? 0) + 1];
    private double sum;

    private bool IsHistogram => instrument is Histogram<double>;

    /// <summary>A histogram adds the value; any other instrument takes it as its new value.</summary>
    public void Record(string labels, double value)
    {
        if (!IsHistogram)
        {
            values[labels] = value;
            return;
        }
        sum += value;
        var bucket = Array.FindIndex(bounds, bound => value <= bound);
        buckets[bucket < 0 ? bounds.Length : bucket]++;
    }

    public void Write(StringBuilder page)
    {
        var kind = IsHistogram ? "histogram" : IsCounter(instrument) ? "counter" : "gauge";
        page.Append("# HELP ").Append(name).Append(' ').Append(instrument.Description).Append('\n');
        page.Append("# TYPE ").Append(name).Append(' ').Append(kind).Append('\n');
        foreach (var (labels, value) in values)
            Line(page, name, labels, value);
        if (IsHistogram)
            WriteBuckets(page);
    }

    private static string NameOf(Instrument instrument) => instrument.Name.Replace('.', '_')
        + instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" }
        + (IsCounter(instrument) ? "_total" : "");

    private static bool IsCounter(Instrument instrument) => instrument is ObservableCounter<long> or ObservableCounter<double>;

    private static void Line(StringBuilder page, string name, string labels, double value) =>
        page.Append(name).Append(labels.Length > 0 ? $"{{{labels}}}" : "")
            .Append(' ').Append(CultureInfo.InvariantCulture, $"{value:R}").Append('\n');

    private void WriteBuckets(StringBuilder page)
    {
        long count = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            count += buckets[i];
            var bound = i < bounds.Length ? bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            Line(page, name + "_bucket", $"le=\"{bound}\"", count);
        }
        Line(page, name + "_sum", "", sum);
        Line(page, name + "_count", "", count);
    }
}
