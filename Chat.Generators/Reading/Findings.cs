using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>The mistakes in a declaration. The analyzers report them; the generator only asks whether there are any.</summary>
internal sealed class Findings
{
    private readonly List<Diagnostic> all = [];

    public IReadOnlyList<Diagnostic> All => all;

    /// <summary>Whether a mistake keeps code from being generated.</summary>
    public bool AreFatal => all.Exists(d => d.Descriptor.DefaultSeverity is DiagnosticSeverity.Error);

    public void Add(DiagnosticDescriptor rule, Location place, params object[] arguments) =>
        all.Add(Diagnostic.Create(rule, place, arguments));
}
