namespace Chat.LoadTest.Measuring;

/// <summary>A <see cref="LatencyPair"/> for another process.</summary>
internal sealed record PackedPair(string Planned, string Uncorrected);
