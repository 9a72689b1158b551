using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Chat.Generators.Tests;

/// <summary>The examples of <c>docs/writing-a-plugin.md</c> compile without warnings, and run.</summary>
[TestClass]
public sealed class GuideTests
{
    private static readonly string Guide = Path.Combine(AppContext.BaseDirectory, "docs", "writing-a-plugin.md");

    private static readonly string[] Blocks = [.. File.ReadAllText(Guide).ReplaceLineEndings("\n")
        .Split("```csharp\n").Skip(1).Select(b => b.Split("\n```")[0])];

    public static IEnumerable<object[]> Numbers => Blocks.Select((_, index) => new object[] { index });

    [TestMethod]
    [DynamicData(nameof(Numbers))]
    public void ABlockCompilesWithoutAWarning(int number)
    {
        // The package turns off warnings about missing comments.
        var warnings = WithJson(Snippet.Generate(Blocks[number]).Output).GetDiagnostics()
            .Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id is not ("CS1591" or "CS1573"));
        Assert.AreEqual("", string.Join('\n', warnings), Blocks[number]);
    }

    [TestMethod]
    public async Task TheFirstExampleRollsDice()
    {
        using var plugin = LoadedPlugin.From(Blocks[0], "Dice");
        var dice = plugin.Parameter.Type.Parse("2d6");
        var result = (CommandResult.Post)await plugin.RunAsync("rolar", dice);
        Assert.StartsWith("🎲 2d6 = ", result.Text);
        Assert.AreEqual("Rolls dice and shows everyone the result.", plugin["rolar"].Summary.In("en"));
    }

    [TestMethod]
    public void TheHooksOfTheGuideAreGenerated()
    {
        using var plugin = LoadedPlugin.From(Blocks.Single(b => b.Contains("class NoShouting", StringComparison.Ordinal)));
        Assert.AreEqual("handler Greeter UserJoined, filter NoShouting 10 100 False", string.Join(", ", plugin.Hooks));
    }

    /// <summary>The generators of the SDK that run in a plugin's project, from the folder of its reference assemblies.</summary>
    private static Compilation WithJson(Compilation compilation)
    {
        var packs = new DirectoryInfo(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        var file = packs.EnumerateFiles("System.Text.Json.SourceGeneration.dll", SearchOption.AllDirectories).First();
        var generators = Assembly.LoadFrom(file.FullName).GetTypes()
            .Where(t => t is { IsAbstract: false, IsPublic: true } && typeof(IIncrementalGenerator).IsAssignableFrom(t));
        CSharpGeneratorDriver.Create(
            [.. generators.Select(t => ((IIncrementalGenerator)Activator.CreateInstance(t)!).AsSourceGenerator())],
            parseOptions: Snippet.Parse)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return output;
    }
}
