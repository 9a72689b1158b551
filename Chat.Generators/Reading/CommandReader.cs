using Chat.Generators.Declared;
using Chat.Generators.Reporting;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>
/// Reads a method with <c>[Command]</c>, for the generator and for the analyzers: the generator skips exactly the methods that they
/// report.
/// </summary>
internal static class CommandReader
{
    /// <summary>Null if the method can't become a command; <paramref name="findings"/> say why.</summary>
    public static DeclaredCommand? Read(IMethodSymbol method, Findings findings, CancellationToken cancellation)
    {
        method = method.PartialDefinitionPart ?? method; // its names and defaults are the ones that count
        if (method.One("Command") is not { } attribute) return null;
        if (Reach.Obstacle(method) is { } obstacle) findings.Add(Rules.Inaccessible, method.FirstLocation(), method.Name, obstacle);
        var (name, aliases) = NameReader.Read(method, attribute, findings);
        var reply = ReplyReader.Read(method);
        if (reply is null) findings.Add(Rules.ReturnType, method.FirstLocation(), method.Name, ReturnOf(method));
        var comment = DocReader.Of(method, cancellation);
        var policy = new PolicyReader(method, findings).Read();
        if (comment.Summary.IsEmpty && !policy.Hidden) findings.Add(Rules.NoSummary, method.FirstLocation(), name);
        var parameters = method.Parameters.Select(p => new ParameterReader(p, comment, findings).Read()).ToList();
        var arguments = method.Parameters.Zip(parameters, (symbol, parameter) => (symbol, parameter!))
            .Where(a => a.Item2 is { IsArgument: true }).ToList();
        CheckOrder(arguments, findings);
        CheckNames(arguments, findings);
        if (findings.AreFatal || parameters.Contains(null) || reply is null) return null;
        var examples = method.All("Example").Select(e => e.Argument<string>(0) ?? "").ToEquatableArray();
        return new(
            method.ContainingType.CodeName(),
            Code.Identifier(method.Name),
            method.IsStatic,
            reply,
            name,
            aliases,
            comment.Summary,
            examples,
            parameters.Select(p => p!).ToEquatableArray(),
            policy);
    }

    private static void CheckOrder(List<(IParameterSymbol Symbol, DeclaredParameter Parameter)> arguments, Findings findings)
    {
        var positional = arguments.FindAll(a => !a.Parameter.IsNamed);
        var optional = positional.Find(p => !p.Parameter.Required).Symbol;
        foreach (var (required, _) in positional.SkipWhile(p => p.Parameter.Required).Where(p => p.Parameter.Required))
            Report(required, $"{required.Name} is required, so it can't come after {optional.Name}, which is optional");
        foreach (var (rest, _) in positional.Take(positional.Count - 1).Where(p => TakesRest(p.Parameter)))
            Report(rest, $"{rest.Name} takes the rest of the line, so {positional.Last().Symbol.Name} can't come after it");

        void Report(IParameterSymbol parameter, string problem) => findings.Add(Rules.Order, parameter.FirstLocation(), problem);
    }

    private static void CheckNames(List<(IParameterSymbol Symbol, DeclaredParameter Parameter)> arguments, Findings findings)
    {
        var names = arguments.SelectMany(
            a => a.Parameter.Aliases.Select(alias => alias.Name).Prepend(a.Parameter.Name).Select(NameFold.Of).Distinct()
                .Select(name => (a.Symbol, Name: name)));
        foreach (var namesakes in names.GroupBy(n => n.Name))
        {
            foreach (var (symbol, name) in namesakes.Skip(1))
                findings.Add(Rules.ParameterName, symbol.FirstLocation(), name, $"the parameter {namesakes.First().Symbol.Name}");
        }
    }

    private static bool TakesRest(DeclaredParameter parameter) => parameter.Source is Source.Remainder or Source.Variadic;

    private static string ReturnOf(IMethodSymbol method) =>
        method is { IsAsync: true, ReturnsVoid: true } ? "async void" : method.ReturnType.ToDisplayString();
}
