using System.Diagnostics;
using Fuzz.Mutation;

namespace Fuzz;

/// <summary>Runs a target: its seeds, its corpus, then mutated inputs. Goes on after a failure, and reports each kind once.</summary>
internal sealed class FuzzRun(IFuzzTarget target, FuzzSettings settings)
{
    /// <summary>As much as a thread of the daemon's pool has.</summary>
    private const int StackBytes = 1_536 * 1_024;

    private readonly Judge judge = new(target, settings.MeasuresTime);
    private readonly CoverageMap coverage = new();
    private readonly Dictionary<string, Finding> findings = [];
    private readonly List<byte[]> pool = [];
    private readonly List<byte[]> kept = [];
    private long inputs;

    public FuzzReport Execute()
    {
        var began = Stopwatch.GetTimestamp();
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Run();
            }
            catch (Exception e)
            {
                failure = e;
            }
        }, StackBytes);
        thread.Start();
        thread.Join();
        if (failure is not null) throw new InvalidOperationException($"The run of {target.Name} failed.", failure);
        return new(target.Name, inputs, Stopwatch.GetElapsedTime(began), coverage.Reached, kept, [.. findings.Values]);
    }

    private void Run()
    {
        using var last = new LastInput(settings.Folder, target.Name);
        pool.AddRange(target.Seeds);
        pool.AddRange(settings.Corpus.Of(target).Select(c => c.Input));
        foreach (var input in pool.ToList()) Take(input, last);
        var mutator = new Mutator(new FuzzRandom(settings.Seed), target);
        for (long i = 0; i < settings.Inputs && findings.Count < settings.MostKinds; i++)
        {
            var input = mutator.Mutate(pool);
            if (Take(input, last)) pool.Add(kept[^1]);
        }
    }

    /// <summary>Whether the input reached something new.</summary>
    private bool Take(ReadOnlySpan<byte> input, LastInput last)
    {
        inputs++;
        last.Set(input);
        CoverageMap.Clear();
        if (judge.Try(input) is { } finding)
        {
            if (!findings.ContainsKey(finding.Kind))
                findings.Add(finding.Kind, finding with { Input = new Shrinker(judge, finding.Kind).Shrink(input.ToArray()) });
            return false;
        }
        if (!coverage.TakeNew()) return false;
        kept.Add(input.ToArray());
        return true;
    }
}
