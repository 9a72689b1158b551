namespace Chat.LoadTest.Reports;

/// <summary>Latencies in milliseconds.</summary>
internal sealed record Percentiles(double P50, double P90, double P99, double P999, double Max);
