using System.Text.RegularExpressions;
using Chat.Generators.Declared;
using Chat.Generators.Reporting;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

/// <summary>Reads a method with <c>[Route]</c>, for the generator and for the analyzers.</summary>
internal static class RouteReader
{
    private const int LongestDeadline = 30_000, LargestBody = 1_048_576, LongestPath = 200;

    private static readonly string[] Verbs = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>What the daemon does not do for a route: an attribute that checks nothing would deceive.</summary>
    private static readonly string[] OfCommands = ["Command", "OnlyIn", "RateLimit", "Confirm", "Audit", "Hidden", "Alias", "Example"];

    private static readonly Regex
        Literal = new(@"^[A-Za-z0-9_-][A-Za-z0-9._-]*$", RegexOptions.CultureInvariant),
        Value = new(@"^\{[A-Za-z][A-Za-z0-9]*\}$", RegexOptions.CultureInvariant);

    /// <summary>Null if the method can't become a route; <paramref name="findings"/> say why.</summary>
    public static DeclaredRoute? Read(IMethodSymbol method, Findings findings)
    {
        method = method.PartialDefinitionPart ?? method;
        if (method.One("Route") is not { } attribute) return null;
        var (verb, path) = (attribute.Argument<string>(0) ?? "", attribute.Argument<string>(1) ?? "");
        if (Reach.Obstacle(method) is { } obstacle) findings.Add(Rules.Inaccessible, method.FirstLocation(), method.Name, obstacle);
        if (ProblemOf(verb, path) is { } problem) findings.Add(Rules.Route, attribute.LocationOr(method), problem);
        foreach (var other in OfCommands.Where(name => method.Has(name)))
            findings.Add(Rules.Route, method.One(other)!.LocationOr(method), $"[{other}] has no effect on a route");
        var reply = ReplyReader.Read(method, "RouteResponse");
        if (reply is null)
        {
            var given = method.ReturnType.ToDisplayString();
            findings.Add(Rules.Route, method.FirstLocation(),
                $"{method.Name} returns {given}; return a RouteResponse, a string or nothing, or a task of these");
        }
        var arguments = method.Parameters.Select(p => ArgumentOf(p, path, findings)).ToEquatableArray();
        var body = attribute.NamedArguments.FirstOrDefault(n => n.Key == "MaxBodyBytes").Value.Value as int?;
        if (body is < 0 or > LargestBody) findings.Add(Rules.OutOfBounds, attribute.LocationOr(method), "A route's body has at most 1 MiB");
        var policy = new PolicyReader(method, findings).ReadForRoute(LongestDeadline);
        if (findings.AreFatal || reply is null) return null;
        return new(
            method.ContainingType.CodeName(), Code.Identifier(method.Name), method.IsStatic, reply, verb, path, arguments,
            policy.Permission, policy.DefaultRole, policy.DeadlineMilliseconds, body);
    }

    /// <summary>What is wrong with the method or path; null if nothing is.</summary>
    private static string? ProblemOf(string verb, string path)
    {
        if (!Verbs.Contains(verb)) return $"\"{verb}\" is not a method of routes; use {string.Join(", ", Verbs)}, in capitals";
        if (path.Length == 0) return null;
        if (path.Length > LongestPath) return $"A path has at most {LongestPath} characters";
        var parts = path.Split('/');
        if (parts.FirstOrDefault(p => !Literal.IsMatch(p) && !Value.IsMatch(p)) is { } wrong)
            return $"\"{path}\" is not a path of routes: \"{wrong}\" is neither a word nor a name in braces; write it as in/{{name}}";
        return parts.Where(p => Value.IsMatch(p)).GroupBy(p => p).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? $"\"{path}\" has {twice.Key} twice"
            : null;
    }

    private static string ArgumentOf(IParameterSymbol parameter, string path, Findings findings)
    {
        if (parameter.Type.IsContract("RouteRequest")) return "request";
        if (parameter.Type.ToDisplayString() == "System.Threading.CancellationToken") return "cancellation";
        if (parameter.Type.SpecialType is SpecialType.System_String && path.Split('/').Contains($"{{{parameter.Name}}}"))
            return $"request.Values[{Code.Text(parameter.Name)}]";
        var problem = $"The parameter {parameter.Name} is none of a route's: these are RouteRequest, CancellationToken, and strings "
            + "named as a part of the path in braces. Services belong in the constructor";
        findings.Add(Rules.Route, parameter.FirstLocation(), problem);
        return "";
    }
}
