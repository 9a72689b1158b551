using Chat.Generators.Declared;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

internal static class ReplyReader
{
    /// <summary>Null if the return type is not supported.</summary>
    /// <param name="value">The type of the contract that it may return, beside text and nothing.</param>
    public static Reply? Read(IMethodSymbol method, string value = "CommandResult")
    {
        if (method.ReturnsByRef || method.ReturnsByRefReadonly) return null;
        if (method.ReturnsVoid) return method.IsAsync ? null : new(ReplyKind.Nothing, Waiting.No);
        var waiting = WaitingOf(method.ReturnType);
        if (waiting is Waiting.No) return KindOf(method.ReturnType, value) is { } kind ? new(kind, waiting) : null;
        var awaited = ((INamedTypeSymbol)method.ReturnType).TypeArguments;
        if (awaited.IsEmpty) return new(ReplyKind.Nothing, waiting);
        return KindOf(awaited[0], value) is { } inner ? new(inner, waiting) : null;
    }

    private static Waiting WaitingOf(ITypeSymbol type)
    {
        if (type.ContainingNamespace?.ToDisplayString() != "System.Threading.Tasks") return Waiting.No;
        return type.Name switch { "Task" => Waiting.Task, "ValueTask" => Waiting.ValueTask, _ => Waiting.No };
    }

    private static ReplyKind? KindOf(ITypeSymbol type, string value)
    {
        if (type.SpecialType is SpecialType.System_String) return ReplyKind.Text;
        for (var at = type; at is not null; at = at.BaseType)
            if (at.IsContract(value)) return ReplyKind.Value;
        return null;
    }
}
