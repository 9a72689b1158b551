namespace Chat;

/// <summary>The distribution of a time within an interval. Exact to about 6 %.</summary>
/// <param name="Median">Null if there was nothing to measure.</param>
/// <param name="P99">The time that 99 of 100 stay below. Null if there was nothing to measure.</param>
public readonly record struct LatencySummary(TimeSpan? Median, TimeSpan? P99);
