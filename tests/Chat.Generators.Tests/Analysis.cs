using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Chat.Generators.Reporting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Chat.Generators.Tests;

/// <summary>Runs the analyzers on a snippet. A result such as <c>CHAT002 x</c> is the id and the marked text.</summary>
internal static class Analysis
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        new DeclarationAnalyzer(),
        new AssemblyAnalyzer(),
        new AbortedAnalyzer(),
        new AsyncVoidAnalyzer(),
        new UnloadAnalyzer(),
    ];

    public static async Task<string[]> RunAsync(string source, CancellationToken cancellation, params string[] properties)
    {
        var generation = Snippet.Generate(source);
        var errors = generation.Output.GetDiagnostics(cancellation).Where(d => d.Severity is DiagnosticSeverity.Error);
        Assert.AreEqual("", string.Join('\n', errors));
        var options = new AnalyzerOptions([], new Properties(properties));
        var found = await generation.Output.WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync(cancellation);
        Assert.DoesNotContain("AD0001", found.Select(d => d.Id), string.Join('\n', found));
        return [.. found.OrderBy(d => d.Id).ThenBy(d => d.Location.SourceSpan.Start).Select(d => $"{d.Id} {Marked(d)}"),];
    }

    public static async Task<IEnumerable<string>> MessagesAsync(string source, CancellationToken cancellation) =>
        (await Snippet.Generate(source).Output.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync(cancellation))
            .Select(d => d.GetMessage(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The positions where errors end. On a lambda the mark includes its attributes; elsewhere it comes after them.</summary>
    public static async Task<IEnumerable<int>> ErrorPlacesAsync(string source, CancellationToken cancellation) =>
        (await Snippet.Generate(source).Output.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync(cancellation))
            .Where(d => d.Severity is DiagnosticSeverity.Error).Select(d => d.Location.SourceSpan.End);

    private static string Marked(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan).Split('\n')[0];

    /// <summary>Passes project properties to the analyzers, as MSBuild does.</summary>
    private sealed class Properties(string[] on) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(on);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(string[] on) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
            {
                value = on.Any(name => key == "build_property." + name) ? "true" : null;
                return value is not null;
            }
        }
    }
}
