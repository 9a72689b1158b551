using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Chat.Generators.Reporting;

/// <summary>Reports what keeps a plugin in memory after it has been replaced. Pinned.txt lists it; only <c>dynamic</c> has no name to list.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnloadAnalyzer : DiagnosticAnalyzer
{
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
            var pinned = new PinnedList(start.Compilation, name => options.TryGetValue("build_property." + name, out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase));
            start.RegisterOperationAction(operation => Check(operation, pinned), OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.MethodReference, OperationKind.EventAssignment);
            start.RegisterOperationAction(Dynamic, OperationKind.DynamicInvocation, OperationKind.DynamicMemberReference, OperationKind.DynamicIndexerAccess, OperationKind.DynamicObjectCreation);
        });
    }

    private static void Check(OperationAnalysisContext context, PinnedList pinned)
    {
        ISymbol? member = context.Operation switch
        {
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation made => made.Constructor,
            IMethodReferenceOperation method => method.Method,
            IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation happened } => happened.Event,
            _ => null,
        };
        if (member is not null && pinned.ReasonOf(member) is { } reason)
            Report(context, member.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), reason);
    }

    /// <summary>The outermost of a chain reports for all of it.</summary>
    private static void Dynamic(OperationAnalysisContext context)
    {
        if (context.Operation.Parent is not (IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation))
            Report(context, "dynamic", "the runtime's binder keeps the types that it has bound; use a type or an interface");
    }

    private static void Report(OperationAnalysisContext context, string what, string why) =>
        context.ReportDiagnostic(Diagnostic.Create(Rules.Pinned, context.Operation.Syntax.GetLocation(), what, why));
}
