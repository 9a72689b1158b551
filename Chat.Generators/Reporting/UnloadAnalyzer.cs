using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Chat.Generators.Reporting;

/// <summary>Reports calls that keep a plugin in memory after it is replaced: those in Pinned.txt, and <c>dynamic</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnloadAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableArray<OperationKind> Named =
        [OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.MethodReference, OperationKind.EventAssignment];

    private static readonly ImmutableArray<OperationKind> Dynamic =
    [
        OperationKind.DynamicInvocation,
        OperationKind.DynamicMemberReference,
        OperationKind.DynamicIndexerAccess,
        OperationKind.DynamicObjectCreation,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.Pinned];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var options = start.Options.AnalyzerConfigOptionsProvider.GlobalOptions;
            var pinned = new PinnedList(start.Compilation, name => IsTrue(options, name));
            start.RegisterOperationAction(operation => Check(operation, pinned), Named);
            start.RegisterOperationAction(CheckDynamic, Dynamic);
        });
    }

    private static bool IsTrue(AnalyzerConfigOptions options, string property) =>
        options.TryGetValue("build_property." + property, out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static void Check(OperationAnalysisContext context, PinnedList pinned)
    {
        ISymbol? member = context.Operation switch
        {
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation made => made.Constructor,
            IMethodReferenceOperation method => method.Method,
            IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation added } => added.Event,
            _ => null,
        };
        if (member is not null && pinned.ReasonOf(member) is { } reason)
            Report(context, member.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), reason);
    }

    /// <summary>Reports only the outermost operation of a chain.</summary>
    private static void CheckDynamic(OperationAnalysisContext context)
    {
        var isInChain = context.Operation.Parent
            is IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation;
        if (!isInChain)
            Report(context, "dynamic", "the runtime's binder holds your types, so use a type or an interface");
    }

    private static void Report(OperationAnalysisContext context, string what, string why) =>
        context.ReportDiagnostic(Diagnostic.Create(Rules.Pinned, context.Operation.Syntax.GetLocation(), what, why));
}
