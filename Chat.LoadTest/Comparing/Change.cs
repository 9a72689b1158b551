namespace Chat.LoadTest.Comparing;

/// <summary>How one figure changed.</summary>
/// <param name="A">Its mean in runs A.</param>
/// <param name="LogRatio">Of B to A.</param>
internal sealed record Change(string? Scenario, string Figure, double A, double B, Interval LogRatio, bool MoreIsBetter)
{
    public bool IsBetter => LogRatio.IsBeyondNoise && (LogRatio.Mean > 0) == MoreIsBetter;

    public bool IsWorse => LogRatio.IsBeyondNoise && (LogRatio.Mean > 0) != MoreIsBetter;

    /// <summary>In percent.</summary>
    public double Percent => Of(LogRatio.Mean);

    /// <summary>The ends of the interval in percent; null if there was only one pair.</summary>
    public (double Low, double High)? Range =>
        double.IsInfinity(LogRatio.HalfWidth) ? null : (Of(LogRatio.Mean - LogRatio.HalfWidth), Of(LogRatio.Mean + LogRatio.HalfWidth));

    private static double Of(double log) => (Math.Exp(log) - 1) * 100;
}
