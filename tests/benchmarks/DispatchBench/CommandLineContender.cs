using System.CommandLine;

namespace DispatchBench;

/// <summary>System.CommandLine, parsing the same line into the same three types.</summary>
internal sealed class CommandLineContender
{
    private readonly Sample sample = new();
    private readonly RootCommand root = [];
    private readonly Argument<int> times = new("vezes");
    private readonly Argument<double> scale = new("escala");
    private readonly Argument<string> direction = new("rumo");

    public CommandLineContender()
    {
        root.Add(new Command("/medir") { times, scale, direction });
        foreach (var n in Enumerable.Range(0, 40)) root.Add(new Command($"/outro{n}"));
    }

    public ValueTask<bool> Parse()
    {
        var parsed = root.Parse(Sample.Line);
        return new(parsed.Errors.Count == 0 && sample.Measure(parsed.GetValue(times), parsed.GetValue(scale), parsed.GetValue(direction)!));
    }
}
