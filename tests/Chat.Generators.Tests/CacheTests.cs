using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Chat.Generators.Tests;

/// <summary>While the author types, only changed commands are generated again.</summary>
[TestClass]
public sealed class CacheTests
{
    private const string Source = """
        internal sealed class Commands
        {
            /// <summary>x</summary>
            [Command("um")]
            public string One(int a, string? b = null) => "one";
        }
        internal sealed class Others
        {
            /// <summary>x</summary>
            [Command("dois")]
            public string Two([Range(1, 2)] int a) => "two";
        }
        internal sealed class Greeter : IEventHandler<UserJoined> {
            public ValueTask HandleAsync(UserJoined joined, CancellationToken cancellation) => default; }
        """;

    [TestMethod]
    [DataRow("\"one\"", "\"another\"", "", "")]
    [DataRow("internal sealed class Greeter", "internal static class More { public static int X; } internal sealed class Greeter", "", "")]
    [DataRow("<summary>x", "<summary>y", "Classes", "Entry")]
    [DataRow("[Range(1, 2)]", "[Range(1, 3)]", "Classes", "Entry")]
    [DataRow(": IEventHandler<UserJoined>", ": System.IDisposable, IEventHandler<UserJoined>", "", "")]
    public void OnlyChangedStepsRunAgain(string before, string after, params string[] changed)
    {
        var compilation = Snippet.Compile(Source);
        var driver = Snippet.Driver().RunGenerators(compilation);
        var edited = Source.Contains(before, StringComparison.Ordinal)
            ? Source.Replace(before, after, StringComparison.Ordinal)
            : throw new ArgumentException(before);
        var tree = compilation.SyntaxTrees[^1];
        driver = driver.RunGenerators(
            compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(edited))));
        var steps = driver.GetRunResult().Results[0].TrackedSteps;
        var made = new[] { PluginGenerator.ClassStep, PluginGenerator.EntryStep }
            .Where(
                name => steps[name].SelectMany(s => s.Outputs)
                    .Any(o => o.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)));
        Assert.AreSequenceEqual(changed.Where(c => c.Length > 0), made);
    }
}
