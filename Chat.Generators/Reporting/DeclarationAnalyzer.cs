using System.Collections.Immutable;
using Chat.Generators.Declared;
using Chat.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Chat.Generators.Reporting;

/// <summary>Reports what is wrong with a command or a hook by itself.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Rules.ParameterName, Rules.ParameterType, Rules.Order, Rules.ReturnType, Rules.BadExample, Rules.NoSummary, Rules.BadName, Rules.Misfit, Rules.OutOfReach, Rules.OutOfBounds, Rules.BadDefault,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Method, SymbolKind.Method);
        context.RegisterSymbolAction(Type, SymbolKind.NamedType);
    }

    private static void Method(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        var findings = new Findings();
        if (CommandReader.Read(method, findings, context.CancellationToken) is { } command) CheckExamples(method, command, findings);
        Report(context, findings);
    }

    private static void Type(SymbolAnalysisContext context)
    {
        var findings = new Findings();
        HookReader.Read((INamedTypeSymbol)context.Symbol, findings);
        Report(context, findings);
    }

    private static void CheckExamples(IMethodSymbol method, DeclaredCommand command, Findings findings)
    {
        foreach (var example in method.All("Example"))
            if (ExampleCheck.Problem(command, example.Argument<string>(0) ?? "") is { } problem)
                findings.Add(Rules.BadExample, example.Place(method), example.Argument<string>(0) ?? "", problem);
    }

    private static void Report(SymbolAnalysisContext context, Findings findings)
    {
        foreach (var diagnostic in findings.All) context.ReportDiagnostic(diagnostic);
    }
}
