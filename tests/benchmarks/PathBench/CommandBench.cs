using BenchmarkDotNet.Attributes;
using DispatchBench;

namespace PathBench;

/// <summary>A line with three typed parameters becomes the call of a method. The program DispatchBench compares it with others.</summary>
public class CommandBench
{
    private readonly PipelineContender pipeline = new();

    [Benchmark]
    public ValueTask<bool> Check() => pipeline.Check();

    [Benchmark]
    public ValueTask<bool> CheckAndRun() => pipeline.Run();
}
