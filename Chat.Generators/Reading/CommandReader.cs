using Chat.Generators.Declared;
using Chat.Generators.Reporting;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Reads a method with <c>[Command]</c>. Generator and analyzers both ask it: what is reported is exactly what is not generated.</summary>
internal static class CommandReader
{
    /// <summary>Null where no command can be made of it; <paramref name="findings"/> say why.</summary>
    public static DeclaredCommand? Read(IMethodSymbol method, Findings findings, CancellationToken cancellation)
    {
        if (method.One("Command") is not { } attribute) return null;
        CheckReach(method, findings);
        var (name, aliases) = NameReader.Read(method, attribute, findings);
        var reply = ReplyReader.Read(method);
        if (reply is null) findings.Add(Rules.ReturnType, method.Place(), method.Name, method is { IsAsync: true, ReturnsVoid: true } ? "async void" : method.ReturnType.ToDisplayString());
        var comment = DocReader.Of(method, cancellation);
        var policy = new PolicyReader(method, findings).Read();
        if (comment.Summary.IsEmpty && !policy.Hidden) findings.Add(Rules.NoSummary, method.Place(), name);
        var parameters = method.Parameters.Select(p => new ParameterReader(p, comment, findings).Read()).ToList();
        CheckOrder(method, parameters, findings);
        if (findings.AreFatal || parameters.Contains(null) || reply is null) return null;
        var examples = method.All("Example").Select(e => e.Argument<string>(0) ?? "").ToSequence();
        return new(
            method.ContainingType.CodeName(), Code.Identifier(method.Name), method.IsStatic, reply, name, aliases, comment.Summary, examples,
            parameters.Select(p => p!).ToSequence(), policy);
    }

    private static void CheckReach(IMethodSymbol method, Findings findings)
    {
        var owner = method.ContainingType;
        var reason = method.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal) ? "it is private or protected"
            : method.IsGenericMethod ? "it is generic"
            : method.Parameters.Any(p => p.RefKind is not RefKind.None) ? "it has a parameter by reference"
            : Reach.Obstacle(owner) is { } obstacle ? $"its class {obstacle}"
            : !method.IsStatic && owner.IsAbstract ? "its class is abstract"
            : !method.IsStatic && owner.TypeKind is not TypeKind.Class ? "it is no class that it is in"
            : null;
        if (reason is not null) findings.Add(Rules.OutOfReach, method.Place(), method.Name, reason);
    }

    private static void CheckOrder(IMethodSymbol method, List<DeclaredParameter?> parameters, Findings findings)
    {
        var positional = method.Parameters.Zip(parameters, (symbol, parameter) => (Symbol: symbol, Parameter: parameter)).Where(p => p.Parameter is { IsArgument: true, IsNamed: false }).ToList();
        var optional = positional.Find(p => !p.Parameter!.Required);
        foreach (var (symbol, _) in positional.SkipWhile(p => p.Parameter!.Required).Where(p => p.Parameter!.Required))
            findings.Add(Rules.Order, symbol.Place(), $"{symbol.Name} is required, and stands behind {optional.Symbol.Name}, which is not");
        foreach (var (symbol, _) in positional.Take(positional.Count - 1).Where(p => p.Parameter!.Source is Source.Remainder or Source.Variadic))
            findings.Add(Rules.Order, symbol.Place(), $"{symbol.Name} takes all that is left, but {positional.Last().Symbol.Name} comes behind it");
        foreach (var twins in positional.Concat(Named()).SelectMany(p => Names(p.Parameter!).Select(n => (p.Symbol, Fold: NameFold.Of(n)))).GroupBy(n => n.Fold))
            foreach (var (symbol, fold) in twins.Skip(1)) findings.Add(Rules.Duplicate, symbol.Place(), fold, $"the parameter {twins.First().Symbol.Name}");

        IEnumerable<(IParameterSymbol Symbol, DeclaredParameter? Parameter)> Named() =>
            method.Parameters.Zip(parameters, (symbol, parameter) => (symbol, parameter)).Where(p => p.parameter is { IsNamed: true });
        static IEnumerable<string> Names(DeclaredParameter parameter) => parameter.Aliases.Select(a => a.Name).Prepend(parameter.Name);
    }
}
