using System.Collections.Immutable;
using Chat.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Chat.Generators.Reporting;

/// <summary>Reports everything in a plugin that is <c>async void</c>, but commands: those have a rule of their own.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.AsyncVoid];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Method, SymbolKind.Method);
        context.RegisterOperationAction(Function, OperationKind.AnonymousFunction, OperationKind.LocalFunction);
    }

    private static void Method(SymbolAnalysisContext context)
    {
        if (context.Symbol is IMethodSymbol { PartialDefinitionPart: null } method && IsLost(method))
            context.ReportDiagnostic(Diagnostic.Create(Rules.AsyncVoid, method.FirstLocation(), method.Name));
    }

    /// <summary>Symbol actions skip local functions and lambdas.</summary>
    private static void Function(OperationAnalysisContext context)
    {
        var (method, place) = context.Operation switch
        {
            IAnonymousFunctionOperation { Syntax: AnonymousFunctionExpressionSyntax lambda } function =>
                (function.Symbol, lambda.AsyncKeyword.GetLocation()),
            ILocalFunctionOperation local => (local.Symbol, local.Symbol.FirstLocation()),
            _ => (null, null),
        };
        if (method is null || !IsLost(method)) return;
        var name = method.MethodKind is MethodKind.AnonymousFunction ? "This lambda" : method.Name;
        context.ReportDiagnostic(Diagnostic.Create(Rules.AsyncVoid, place, name));
    }

    private static bool IsLost(IMethodSymbol method) => method is { IsAsync: true, ReturnsVoid: true } && !method.Has("Command");
}
