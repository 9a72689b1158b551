using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>What is wrong with a declaration; the generator only asks whether anything is, the analyzers report it.</summary>
internal sealed class Findings
{
    private readonly List<Diagnostic> all = [];

    public IReadOnlyList<Diagnostic> All => all;

    /// <summary>Nothing can be generated.</summary>
    public bool AreFatal => all.Exists(d => d.Descriptor.DefaultSeverity is DiagnosticSeverity.Error);

    public void Add(DiagnosticDescriptor rule, Location place, params object[] arguments) => all.Add(Diagnostic.Create(rule, place, arguments));
}
