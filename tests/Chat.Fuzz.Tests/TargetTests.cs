using Fuzz;

namespace Chat.Fuzz.Tests;

/// <summary>Each target over its corpus and fresh inputs. The seed is fixed, so a failure comes again.</summary>
[TestClass]
public sealed class TargetTests
{
    private const ulong Seed = 20_260_301;

    /// <summary>Mutated inputs; fewer where one takes a file, or a whole session.</summary>
    private static readonly Dictionary<string, int> Inputs = new()
    {
        ["lines"] = 5_000,
        ["websocket"] = 5_000,
        ["settings"] = 2_000,
        ["assemblies"] = 2_000,
        ["client"] = 3_000,
        ["terminal"] = 2_000,
        ["search-queries"] = 5_000,
    };

    private const int OtherInputs = 20_000;

    private static IEnumerable<object[]> Names => FuzzTargets.All.Select(make => new object[] { make().Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void NoInputBreaksAPromise(string name)
    {
        var target = FuzzTargets.All.Select(make => make()).Single(t => t.Name == name);
        var inputs = Inputs.GetValueOrDefault(name, OtherInputs);
        using var folder = new FindingsFolder();
        var report = new FuzzRun(target, new(inputs, Seed) { Folder = folder.Path }).Execute();
        Assert.IsEmpty(report.Findings, report.ToString());
        Assert.IsGreaterThan(inputs, report.Inputs, "The seeds and the corpus come first.");
    }

    [TestMethod]
    public void EveryCorpusFolderBelongsToATarget()
    {
        var folders = Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "corpus")).Select(Path.GetFileName);
        Assert.IsEmpty(folders.Except(Names.Select(name => (string)name[0])));
    }
}
