namespace Chat.LoadTest.Reports;

/// <summary>What the daemon and the load test used since the point before. Processor time is in percent of one core.</summary>
/// <param name="Second">Since the end of the warm-up.</param>
/// <param name="DaemonCpu">Null if the daemon's process cannot be read.</param>
/// <param name="DaemonMemory">Mebibytes.</param>
/// <param name="TesterMemory">Mebibytes.</param>
internal sealed record UsagePoint(double Second, double? DaemonCpu, double? DaemonMemory, double TesterCpu, double TesterMemory);
