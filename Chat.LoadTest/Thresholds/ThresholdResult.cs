namespace Chat.LoadTest.Thresholds;

/// <summary>A threshold and what the run made of it.</summary>
/// <param name="Expression">As given.</param>
/// <param name="Measured">In the unit of the expression; null if the run has no such figure, which breaks the threshold.</param>
internal sealed record ThresholdResult(string Expression, double? Measured, bool Broken);
