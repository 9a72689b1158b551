using System.Collections.Immutable;
using Chat.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Chat.Generators.Reporting;

/// <summary>
/// Reports calls in a method of a command, route, hook or hosted service that could take its cancellation token, but do not.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AbortedAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.Aborted];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Invocation, OperationKind.Invocation);
    }

    private static void Invocation(OperationAnalysisContext context)
    {
        if (context.ContainingSymbol is not IMethodSymbol method) return;
        if (!method.Has("Command") && !method.Has("Route") && !IsCancelled(method)) return;
        var call = (IInvocationOperation)context.Operation;
        if (!LeavesTokenOut(call) || IsCutOff(call) || (IsStart(method) && RunsOn(call))) return;
        context.ReportDiagnostic(
            Diagnostic.Create(Rules.Aborted, call.Syntax.GetLocation(), TokenOf(method), call.TargetMethod.Name, method.Name));
    }

    /// <summary>Whether the daemon calls the method, and cancels its token.</summary>
    private static bool IsCancelled(IMethodSymbol method) =>
        method.Parameters.Any(p => IsToken(p.Type)) && (IsOfHost(method) || ImplementsContract(method));

    /// <summary>ExecuteAsync of a background service, or its start or stop.</summary>
    private static bool IsOfHost(IMethodSymbol method)
    {
        for (var at = method.OverriddenMethod; at is not null; at = at.OverriddenMethod)
            if (at.ContainingNamespace.ToDisplayString() == Contract.Hosting) return true;
        return false;
    }

    private static bool ImplementsContract(IMethodSymbol method) =>
        method.ContainingType.AllInterfaces
            .Where(i => i.IsHostedService() || i.ContainingAssembly?.Name == Contract.Assembly)
            .SelectMany(i => i.GetMembers().OfType<IMethodSymbol>())
            .Any(m => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(m), method));

    /// <summary>The token of a service's start ends with the start: what runs on needs another.</summary>
    private static bool IsStart(IMethodSymbol method) =>
        (method.Name == "StartAsync" || method.Name.EndsWith(".StartAsync", StringComparison.Ordinal))
            && method.ContainingType.AllInterfaces.Any(i => i.IsHostedService());

    /// <summary>Whether the method does not wait for the call.</summary>
    private static bool RunsOn(IInvocationOperation call)
    {
        if (!IsTask(call.TargetMethod.ReturnType)) return IsInFunction(call);
        IOperation at = call;
        while (at.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "WaitAsync" or "AsTask" } or IConversionOperation)
            at = at.Parent;
        return at.Parent is not (IAwaitOperation or IReturnOperation) || IsInFunction(call);
    }

    private static bool IsInFunction(IOperation operation)
    {
        for (var at = operation.Parent; at is not null; at = at.Parent)
            if (at is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
        return false;
    }

    private static string TokenOf(IMethodSymbol method) =>
        method.Parameters.FirstOrDefault(p => IsToken(p.Type))?.Name
            ?? (method.Has("Route") ? "a parameter of type CancellationToken" : null)
            ?? $"{method.Parameters.FirstOrDefault(p => p.Type.IsContract("CommandContext"))?.Name ?? "context"}.Aborted";

    private static bool LeavesTokenOut(IInvocationOperation call)
    {
        var tokens = call.Arguments.Where(a => a.Parameter is { } parameter && IsToken(parameter.Type)).ToList();
        return tokens.Count > 0 ? tokens.TrueForAll(IsNone) : Waits(call.TargetMethod) && HasTwin(call.TargetMethod);
    }

    private static bool IsNone(IArgumentOperation argument) =>
        argument.ArgumentKind is ArgumentKind.DefaultValue || Unconverted(argument.Value) switch
        {
            IDefaultValueOperation => true,
            IPropertyReferenceOperation { Property.Name: "None" } none => IsToken(none.Property.ContainingType),
            _ => false,
        };

    private static IOperation Unconverted(IOperation value) => value is IConversionOperation conversion ? conversion.Operand : value;

    /// <summary>Only calls that may take long. An overload such as TrySetCanceled(CancellationToken) is not a remedy.</summary>
    private static bool Waits(IMethodSymbol method) =>
        method.Name.StartsWith("Wait", StringComparison.Ordinal)
            || IsTask(method.ReturnType) || method.ReturnType.Name is "IAsyncEnumerable";

    private static bool IsTask(ITypeSymbol type) =>
        type.Name is "Task" or "ValueTask" or "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable";

    /// <summary>Whether an overload takes the same parameters and then a token.</summary>
    private static bool HasTwin(IMethodSymbol method)
    {
        method = method.ReducedFrom ?? method;
        return method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(other =>
            other.IsStatic == method.IsStatic && other.Arity == method.Arity && other.DeclaredAccessibility == method.DeclaredAccessibility
            && other.Parameters.Length == method.Parameters.Length + 1 && IsToken(other.Parameters[other.Parameters.Length - 1].Type)
            && method.Parameters.Zip(
                other.Parameters, (one, same) =>
                    one.OriginalDefinition.Type.ToDisplayString() == same.OriginalDefinition.Type.ToDisplayString())
                .All(same => same));
    }

    /// <summary>A static lambda or local function can't use the method's token.</summary>
    private static bool IsCutOff(IOperation operation)
    {
        for (var at = operation.Parent; at is not null; at = at.Parent)
        {
            if (at is IAnonymousFunctionOperation { Symbol.IsStatic: true } or ILocalFunctionOperation { Symbol.IsStatic: true })
                return true;
        }

        return false;
    }

    private static bool IsToken(ITypeSymbol type) =>
        type.Name == "CancellationToken" && type.ToDisplayString() == "System.Threading.CancellationToken";
}
