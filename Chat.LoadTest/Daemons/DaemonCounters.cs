using System.Globalization;

namespace Chat.LoadTest.Daemons;

/// <summary>The daemon's own counts, read from its metrics.</summary>
internal sealed record DaemonCounters(long Messages, long Deliveries, long SlowConsumers)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>Null if the page does not answer.</summary>
    public static async Task<DaemonCounters?> ReadAsync(Uri page)
    {
        using var http = new HttpClient { Timeout = Deadline };
        try
        {
            var lines = (await http.GetStringAsync(page)).Split('\n');
            return new(
                Of(lines, "chat_messages_total"),
                Of(lines, "chat_deliveries_total"),
                Of(lines, "chat_slow_consumers_total"));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    private static long Of(string[] lines, string name)
    {
        var line = lines.FirstOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return line is null ? 0 : (long)double.Parse(line.AsSpan(name.Length + 1), CultureInfo.InvariantCulture);
    }
}
