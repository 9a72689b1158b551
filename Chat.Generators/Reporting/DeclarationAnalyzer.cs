using System.Collections.Immutable;
using Chat.Generators.Declared;
using Chat.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Chat.Generators.Reporting;

/// <summary>Reports mistakes within a single command or hook.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Rules.ParameterName,
        Rules.ParameterType,
        Rules.ServiceParameter,
        Rules.Order,
        Rules.ReturnType,
        Rules.BadExample,
        Rules.NoSummary,
        Rules.BadName,
        Rules.AttributeMismatch,
        Rules.Inaccessible,
        Rules.OutOfBounds,
        Rules.BadDefault,
        Rules.OnlyInInvocation,
        Rules.Route,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Method, SymbolKind.Method);
        context.RegisterSymbolAction(Type, SymbolKind.NamedType);
        context.RegisterSyntaxNodeAction(
            Function, SyntaxKind.LocalFunctionStatement, SyntaxKind.ParenthesizedLambdaExpression, SyntaxKind.SimpleLambdaExpression);
    }

    private static void Method(SymbolAnalysisContext context)
    {
        if (context.Symbol is not IMethodSymbol { PartialDefinitionPart: null } method) return; // the same method again
        var findings = new Findings();
        if (CommandReader.Read(method, findings, context.CancellationToken) is { } command) CheckExamples(method, command, findings);
        RouteReader.Read(method, findings);
        Report(findings, context.ReportDiagnostic);
    }

    /// <summary>Local functions and lambdas can have attributes too, but symbol actions skip them.</summary>
    private static void Function(SyntaxNodeAnalysisContext context)
    {
        var symbol = context.Node is LambdaExpressionSyntax
            ? context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol
            : context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken);
        var findings = new Findings();
        if (symbol is IMethodSymbol function)
        {
            CommandReader.Read(function, findings, context.CancellationToken);
            RouteReader.Read(function, findings);
        }
        Report(findings, context.ReportDiagnostic);
    }

    private static void Type(SymbolAnalysisContext context)
    {
        var findings = new Findings();
        var type = (INamedTypeSymbol)context.Symbol;
        var isHook = HookReader.Read(type, findings).Any(h => h.Kind is not HookKind.Plugin);
        if (isHook || type.GetMembers().Any(m => m is IMethodSymbol { IsStatic: false } && m.Has("Route"))) CheckServices(type, findings);
        Report(findings, context.ReportDiagnostic);
    }

    /// <summary>The daemon makes one object of a hook, and one for each request to a route, so they have no caller.</summary>
    private static void CheckServices(INamedTypeSymbol type, Findings findings)
    {
        foreach (var parameter in type.InstanceConstructors.SelectMany(c => c.Parameters))
        {
            if (Contract.OnlyInInvocations.FirstOrDefault(parameter.Type.IsContract) is { } service)
                findings.Add(Rules.OnlyInInvocation, parameter.FirstLocation(), type.Name, service);
        }
    }

    private static void CheckExamples(IMethodSymbol method, DeclaredCommand command, Findings findings)
    {
        foreach (var example in method.All("Example"))
        {
            if (ExampleCheck.Problem(command, example.Argument<string>(0) ?? "") is { } problem)
                findings.Add(Rules.BadExample, example.LocationOr(method), example.Argument<string>(0) ?? "", problem);
        }
    }

    private static void Report(Findings findings, Action<Diagnostic> report)
    {
        foreach (var diagnostic in findings.All) report(diagnostic);
    }
}
