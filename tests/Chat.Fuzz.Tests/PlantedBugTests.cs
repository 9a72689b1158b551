using System.Text;
using Fuzz;
using Fuzz.Mutation;

namespace Chat.Fuzz.Tests;

/// <summary>The program finds bugs: each of these is planted in a target of its own.</summary>
[TestClass]
public sealed class PlantedBugTests
{
    [TestMethod]
    public void AnExceptionOnALoneSurrogateIsFoundAndShortened()
    {
        var finding = Found("""{"type":"message","text":"olá"}""", JsonMutations.All, text =>
        {
            if (text.Contains("\\ud83d", StringComparison.Ordinal)) throw new InvalidOperationException("planted");
        });
        Assert.Contains("InvalidOperationException", finding.Kind);
        Assert.AreEqual("\\ud83d", Encoding.UTF8.GetString(finding.Input));
    }

    [TestMethod]
    public void AnUnboundedAllocationIsFound()
    {
        var finding = Found("[1,2,3]", JsonMutations.All, text =>
        {
            var copies = text.Count(c => c == ',');
            for (var i = 0; i < copies; i++) _ = new byte[4 * copies];
        });
        Assert.AreEqual("allocates too much", finding.Kind);
    }

    [TestMethod]
    public void ABrokenPromiseIsFound()
    {
        var finding = Found("abc", TextMutations.All, text =>
            FuzzFailureException.ThrowUnless(text.Equals(text.ToUpperInvariant(), StringComparison.OrdinalIgnoreCase), "Case folds back"));
        Assert.Contains("Case folds back", finding.Kind);
    }

    [TestMethod]
    public void TheSameSeedMakesTheSameInputs()
    {
        var runs = Enumerable.Range(0, 2).Select(_ =>
        {
            var texts = new List<string>();
            Run("""{"a":[1,"b"]}""", JsonMutations.All, texts.Add, inputs: 500);
            return texts;
        }).ToList();
        Assert.AreSequenceEqual(runs[0], runs[1]);
        Assert.IsGreaterThan(400, runs[0].Distinct().Count());
    }

    private static Finding Found(string seed, IReadOnlyList<MutationStep> mutations, Action<string> run) =>
        Run(seed, mutations, run, inputs: 20_000).Findings.Single();

    private static FuzzReport Run(string seed, IReadOnlyList<MutationStep> mutations, Action<string> run, int inputs)
    {
        using var folder = new FindingsFolder();
        return new FuzzRun(new Planted(seed, mutations, run), new(inputs, 1) { Folder = folder.Path, MostKinds = 1 }).Execute();
    }

    private sealed class Planted(string seed, IReadOnlyList<MutationStep> mutations, Action<string> run) : IFuzzTarget
    {
        public string Name => "planted";

        public IEnumerable<byte[]> Seeds => [Encoding.UTF8.GetBytes(seed)];

        public IReadOnlyList<string> Tokens => [];

        public IReadOnlyList<MutationStep> Mutations => mutations;

        public void Run(ReadOnlySpan<byte> input) => run(Encoding.UTF8.GetString(input));
    }
}
