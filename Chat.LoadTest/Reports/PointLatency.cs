namespace Chat.LoadTest.Reports;

/// <summary>In milliseconds, from the planned moment.</summary>
internal sealed record PointLatency(double P50, double P99, double Max);
