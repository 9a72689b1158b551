using System.Collections.Immutable;
using Chat.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Chat.Generators.Tests;

/// <summary>Compiles a plugin's source like a plugin's project: nullable, with doc comments, and with all warnings.</summary>
internal static class Snippet
{
    /// <summary>The implicit usings of a plugin's project.</summary>
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.Linq;
        global using System.Threading; global using System.Threading.Tasks; global using Chat;
        """;

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    public static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    /// <summary>Puts members into a class.</summary>
    public static string Commands(string body) => $"internal sealed class Commands\n{{\n{body}\n}}";

    public static CSharpCompilation Compile(string source, string assembly = "Fixture", CSharpParseOptions? parse = null) =>
        CSharpCompilation.Create(
        assembly,
        [
            CSharpSyntaxTree.ParseText(Usings, parse ?? Parse, "Usings.cs"),
            CSharpSyntaxTree.ParseText(source, parse ?? Parse, "Source.cs"),
        ], References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));

    public static Generation Generate(string source, string assembly = "Fixture", CSharpParseOptions? parse = null)
    {
        var compilation = Compile(source, assembly, parse);
        var driver = Driver(parse).RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        var run = driver.GetRunResult().Results[0];
        if (run.Exception is { } failure) throw new InvalidOperationException("The generator threw.", failure);
        return new(output, run.GeneratedSources.ToDictionary(s => s.HintName, s => s.SourceText.ToString()));
    }

    public static GeneratorDriver Driver(CSharpParseOptions? parse = null) => CSharpGeneratorDriver.Create(
        [new PluginGenerator().AsSourceGenerator()], parseOptions: parse
            ?? Parse, driverOptions: new(default, trackIncrementalGeneratorSteps: true));
}

/// <param name="Sources">The generated sources, by file name.</param>
internal sealed record Generation(Compilation Output, IReadOnlyDictionary<string, string> Sources)
{
    private const string Pragma = "#pragma warning disable";

    /// <summary>In what was generated: also those that it turns off for authors, but what is obsolete.</summary>
    public IEnumerable<Diagnostic> Warnings =>
        Output.SyntaxTrees.Where(IsGenerated).Aggregate(Output, (all, tree) => all.ReplaceSyntaxTree(tree, Strict(tree))).GetDiagnostics()
        .Where(
            d =>
                d.Severity >= DiagnosticSeverity.Warning && d.Id.StartsWith(
                    "CS", StringComparison.Ordinal) && d.Location.SourceTree is { } tree && IsGenerated(tree));

    private static bool IsGenerated(SyntaxTree tree) => tree.FilePath is not ("Source.cs" or "Usings.cs");

    private static SyntaxTree Strict(SyntaxTree tree) => CSharpSyntaxTree.ParseText(
        tree.ToString()
            .Replace(Pragma, Pragma + " CS0612, CS0618", StringComparison.Ordinal), (CSharpParseOptions)tree.Options, tree.FilePath);
}
