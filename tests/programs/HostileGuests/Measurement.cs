namespace HostileGuests;

/// <summary>One half of a pair.</summary>
/// <param name="Cpu">The daemon's, also for its bystanders.</param>
/// <param name="PeakMemory">Of the daemon so far, in MiB.</param>
/// <param name="Echoes">Milliseconds that bystanders waited for each echo.</param>
internal sealed record Measurement(
    long Connections, long Answers, TimeSpan Cpu, long LogBytes, long PeakMemory, IReadOnlyList<double> Echoes);
