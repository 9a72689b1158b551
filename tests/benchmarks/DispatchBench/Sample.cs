namespace DispatchBench;

/// <summary>The command that every contender runs.</summary>
internal sealed class Sample
{
    public const string Line = "/medir 42 0.25 norte";

    private readonly int expected = 42;

    /// <returns>Whether it received the values in the line.</returns>
    public bool Measure(int times, double scale, string direction) =>
        times == expected && scale == 0.25 && direction == "norte";
}
