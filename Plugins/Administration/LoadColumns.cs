using System.Text.Json.Nodes;

namespace Chat.Plugins.Administration;

/// <summary>Measurements as rows of numbers: an hour of them fits into a few answers.</summary>
internal static class LoadColumns
{
    private static readonly (string Name, Func<LoadSample, JsonNode?> Of)[] All =
    [
        ("number", s => s.Number),
        ("at", s => s.At.ToUnixTimeSeconds()),
        ("connections", s => s.Connections),
        ("sessions", s => s.Sessions),
        ("messages", s => Math.Round(s.Messages, 2)),
        ("deliveries", s => Math.Round(s.Deliveries, 2)),
        ("commit_p50", s => Milliseconds(s.Commit.Median)),
        ("commit_p99", s => Milliseconds(s.Commit.P99)),
        ("delivery_p50", s => Milliseconds(s.Delivery.Median)),
        ("delivery_p99", s => Milliseconds(s.Delivery.P99)),
        ("outbox", s => s.OutboxBytes),
        ("slow", s => s.SlowConsumers),
        ("cores", s => Math.Round(s.Cores, 3)),
        ("memory", s => s.Memory),
        ("heap", s => s.Heap),
        ("collections", s => s.Collections),
        ("paused", s => Milliseconds(s.Paused)),
        ("disk", s => s.DiskFree),
    ];

    public static JsonArray Names => new([.. All.Select(column => (JsonNode)column.Name)]);

    public static JsonArray Row(LoadSample sample) => new([.. All.Select(column => column.Of(sample))]);

    private static JsonNode? Milliseconds(TimeSpan? time) => time is { } value ? Math.Round(value.TotalMilliseconds, 3) : null;
}
