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
        method = method.PartialDefinitionPart ?? method; // which the compiler calls, with its names and defaults
        if (method.One("Command") is not { } attribute) return null;
        CheckReach(method, findings);
        var (name, aliases) = NameReader.Read(method, attribute, findings);
        var reply = ReplyReader.Read(method);
        if (reply is null) findings.Add(Rules.ReturnType, method.Place(), method.Name, method is { IsAsync: true, ReturnsVoid: true } ? "async void" : method.ReturnType.ToDisplayString());
        var comment = DocReader.Of(method, cancellation);
        var policy = new PolicyReader(method, findings).Read();
        if (comment.Summary.IsEmpty && !policy.Hidden) findings.Add(Rules.NoSummary, method.Place(), name);
        var parameters = method.Parameters.Select(p => new ParameterReader(p, comment, findings).Read()).ToList();
        var arguments = method.Parameters.Zip(parameters, (symbol, parameter) => (symbol, parameter!)).Where(a => a.Item2 is { IsArgument: true }).ToList();
        CheckOrder(arguments, findings);
        CheckNames(arguments, findings);
        if (findings.AreFatal || parameters.Contains(null) || reply is null) return null;
        var examples = method.All("Example").Select(e => e.Argument<string>(0) ?? "").ToSequence();
        return new(
            method.ContainingType.CodeName(), Code.Identifier(method.Name), method.IsStatic, reply, name, aliases, comment.Summary, examples,
            parameters.Select(p => p!).ToSequence(), policy);
    }

    private static void CheckReach(IMethodSymbol method, Findings findings)
    {
        var owner = method.ContainingType;
        var reason = method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation) ? "it is no method of a class, but a part of something else"
            : method.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal) ? "it is private or protected"
            : method.IsBanned() ? $"it {Reach.Banned}"
            : method is { IsStatic: true, IsAbstract: true } or { IsStatic: true, IsVirtual: true } ? "it is static, and left to those who implement it"
            : method.IsGenericMethod ? "it is generic"
            : method.Parameters.Any(p => p.RefKind is not RefKind.None) ? "it has a parameter by reference"
            : Reach.Obstacle(owner) is { } obstacle ? $"its class {obstacle}"
            : !method.IsStatic && owner.IsAbstract ? "its class is abstract"
            : owner.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface) || (!method.IsStatic && owner.TypeKind is not TypeKind.Class) ? "it is no class that it is in"
            : null;
        if (reason is not null) findings.Add(Rules.OutOfReach, method.Place(), method.Name, reason);
    }

    private static void CheckOrder(List<(IParameterSymbol Symbol, DeclaredParameter Parameter)> arguments, Findings findings)
    {
        var positional = arguments.FindAll(a => !a.Parameter.IsNamed);
        var optional = positional.Find(p => !p.Parameter.Required).Symbol;
        foreach (var (symbol, _) in positional.SkipWhile(p => p.Parameter.Required).Where(p => p.Parameter.Required))
            findings.Add(Rules.Order, symbol.Place(), $"{symbol.Name} is required, and stands behind {optional.Name}, which is not");
        foreach (var (symbol, _) in positional.Take(positional.Count - 1).Where(p => p.Parameter.Source is Source.Remainder or Source.Variadic))
            findings.Add(Rules.Order, symbol.Place(), $"{symbol.Name} takes all that is left, but {positional.Last().Symbol.Name} comes behind it");
    }

    private static void CheckNames(List<(IParameterSymbol Symbol, DeclaredParameter Parameter)> arguments, Findings findings)
    {
        var names = arguments.SelectMany(a => a.Parameter.Aliases.Select(alias => alias.Name).Prepend(a.Parameter.Name).Select(NameFold.Of).Distinct().Select(name => (a.Symbol, Name: name)));
        foreach (var twins in names.GroupBy(n => n.Name))
            foreach (var (symbol, name) in twins.Skip(1)) findings.Add(Rules.ParameterName, symbol.Place(), name, $"the parameter {twins.First().Symbol.Name}");
    }
}
