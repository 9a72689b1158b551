namespace Chat.LoadTest.Comparing;

/// <summary>A mean and the interval around it that holds the true one in 95 of 100 cases, if the values are independent.</summary>
internal sealed record Interval(double Mean, double HalfWidth)
{
    /// <summary>Student's t for 95 %, two-sided, by degrees of freedom from 1.</summary>
    private static readonly double[] Student =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101,
        2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];

    /// <summary>Whether zero lies outside.</summary>
    public bool IsBeyondNoise => Math.Abs(Mean) > HalfWidth;

    /// <param name="values">At least two; else the interval is infinite.</param>
    public static Interval Of(IReadOnlyList<double> values)
    {
        if (values.Count == 0) return new(0, double.PositiveInfinity);
        var mean = values.Average();
        if (values.Count == 1) return new(mean, double.PositiveInfinity);
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        return new(mean, TOf(values.Count - 1) * deviation / Math.Sqrt(values.Count));
    }

    /// <summary>Above the table its last value, which is a little too careful.</summary>
    private static double TOf(int freedom) => Student[Math.Min(freedom, Student.Length) - 1];
}
