namespace TerminalBench;

internal static class Quantiles
{
    public static string Of(List<double> milliseconds)
    {
        if (milliseconds.Count == 0) return "none was typed";
        milliseconds.Sort();
        return $"{milliseconds[milliseconds.Count / 2]:N1} ms (median of {milliseconds.Count}; at most {milliseconds[^1]:N1} ms)";
    }
}
