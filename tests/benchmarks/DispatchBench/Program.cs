using System.Diagnostics;
using System.Globalization;
using DispatchBench;

// Measures the way from a line with three typed parameters to the method:
// dotnet run -c Release --project tests/benchmarks/DispatchBench -- [rounds]
const int Calls = 50_000;

var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 30;
var pipeline = new PipelineContender();
Contender[] contenders =
[
    new("checks: parse, permission, rate, conversion", pipeline.Check),
    new("checks, then scope, deadline, method, reply", pipeline.Run),
    new("System.CommandLine, parsing only", new CommandLineContender().Parse),
    new("reflection: split, ChangeType, Invoke", new ReflectionContender().Run),
];

Console.WriteLine($"\"{Sample.Line}\", best of {rounds} rounds of {Calls:N0} calls");
// Taking turns spreads the noise of a busy machine evenly.
for (var round = 0; round < rounds; round++)
    foreach (var contender in contenders) await contender.MeasureAsync(Calls);
foreach (var contender in contenders)
{
    var ratio = contender.Nanoseconds / contenders[0].Nanoseconds;
    Console.WriteLine($"{contender.Name,-46} {contender.Nanoseconds,8:N0} ns {contender.Bytes,8:N0} B {ratio,7:N2} ×");
}

/// <param name="call">Makes one call; false if it failed.</param>
internal sealed class Contender(string name, Func<ValueTask<bool>> call)
{
    public string Name => name;

    public double Nanoseconds { get; private set; } = double.MaxValue;

    public double Bytes { get; private set; } = double.MaxValue;

    public async Task MeasureAsync(int calls)
    {
        var (bytes, started) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
        for (var i = 0; i < calls; i++)
            if (!await call()) throw new InvalidOperationException($"{name} failed.");
        Nanoseconds = Math.Min(Nanoseconds, Stopwatch.GetElapsedTime(started).TotalNanoseconds / calls);
        Bytes = Math.Min(Bytes, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)calls);
    }
}
