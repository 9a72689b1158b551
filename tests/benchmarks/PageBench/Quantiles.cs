namespace PageBench;

internal static class Quantiles
{
    public static string Of(List<double> milliseconds)
    {
        milliseconds.Sort();
        return $"{milliseconds[milliseconds.Count / 2]:N0} ms (median of {milliseconds.Count}; at most {milliseconds[^1]:N0} ms)";
    }
}
