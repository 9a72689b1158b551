using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Chat.Daemon.Diagnostics;

/// <summary>
/// Writes a meter's instruments in Prometheus text format. The existing library misses measurements before the first scrape, and drops
/// those that have not changed for a day.
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly List<MetricFamily> families = [];

    // Guards the families and their values: a commit is recorded while a page is written.
    private readonly Lock gate = new();

    public PrometheusText(Meter meter)
    {
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (!ReferenceEquals(instrument.Meter, meter))
                return;
            var family = new MetricFamily(instrument);
            lock (gate)
                families.Add(family);
            to.EnableMeasurementEvents(instrument, family);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Record(family, value, tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Record(family, value, tags));
        listener.Start();
    }

    public string Write()
    {
        listener.RecordObservableInstruments();
        var page = new StringBuilder();
        lock (gate)
        {
            foreach (var family in families)
                family.Write(page);
        }
        return page.ToString();
    }

    public void Dispose() => listener.Dispose();

    private void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        lock (gate)
            ((MetricFamily)family!).Record(labels, value);
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            labels.Append(labels.Length == 0 ? "" : ",");
            labels.Append(name).Append("=\"").Append(Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")).Append('"');
        }
        return labels.ToString();
    }

    private static string Escape(string value) => Printable.Escape(value)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
