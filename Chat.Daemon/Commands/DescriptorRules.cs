using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>
/// The rules of descriptors. The generator checks them at build time; this is for descriptors that are written by hand or made from
/// data.
/// </summary>
internal static class DescriptorRules
{
    private const int LongestName = 64;

    private static readonly TimeSpan LongestDeadline = TimeSpan.FromMinutes(10);

    /// <summary>A sentence for the operator about each broken rule.</summary>
    public static IReadOnlyList<string> ProblemsOf(CommandDescriptor command)
    {
        var own = Names(command).Concat(Policy(command.Policy)).Concat(Order(command.Parameters))
            .Concat(command.Parameters.SelectMany(Parameter)).ToList();
        return own.Count > 0 ? own : [.. Examples(command)];
    }

    private static IEnumerable<string> Names(CommandDescriptor command) =>
        from name in command.Aliases.Select(a => a.Name).Prepend(command.Name)
        where name.Length > LongestName || !name.Split(' ').All(IsName)
        select $"\"{TextRules.Harmless(name)}\" is not a valid name: "
            + $"use words of letters, digits, - and _, and at most {LongestName} characters.";

    private static IEnumerable<string> Policy(CommandPolicy policy)
    {
        if (policy.Rate is { } rate && (rate.Count < 1 || rate.Per <= TimeSpan.Zero))
            yield return "The rate limit needs a count of at least 1 and a time above 0.";
        if (policy.Deadline is { } deadline && (deadline <= TimeSpan.Zero || deadline > LongestDeadline))
            yield return "The deadline must be above 0 and at most 10 minutes.";
        if (policy.Permission is { } permission && !permission.Split('.').All(IsName))
            yield return "The permission must be words separated by dots.";
    }

    private static IEnumerable<string> Order(IReadOnlyList<ParameterDescriptor> parameters)
    {
        var positional = parameters.Where(p => !LineBinder.IsNamed(p)).ToList();
        var names = parameters.SelectMany(p => p.Aliases.Select(a => NameFold.Of(a.Name)).Append(NameFold.Of(p.Name)).Distinct());
        foreach (var group in names.GroupBy(name => name).Where(g => g.Count() > 1)) yield return $"Two parameters are named {group.Key}.";
        if (positional.SkipWhile(p => p.Required).Any(p => p.Required)) yield return "A required parameter follows an optional one.";
        if (positional.SkipLast(1).Any(p => p.Kind is ParameterKind.Remainder or ParameterKind.Variadic))
            yield return "Only the last parameter can take the rest of the line.";
    }

    private static IEnumerable<string> Parameter(ParameterDescriptor parameter)
    {
        if (Problem(parameter) is { } problem) yield return problem;
    }

    private static string? Problem(ParameterDescriptor parameter)
    {
        var name = TextRules.Harmless(parameter.Name);
        if (parameter.Type is null) return $"The parameter {name} has no type."; // its author may have ignored the compiler's warning
        if (!parameter.Aliases.Select(a => a.Name).Append(parameter.Name).All(IsName))
            return $"\"{name}\" is not a valid parameter name: use letters, digits, - and _.";
        if (parameter.Kind is ParameterKind.Flag && (parameter.Type != ParameterType.Boolean || parameter.Required))
            return $"The flag {name} must be boolean and not required.";
        if (parameter.Outranked && parameter.Type != ParameterType.User) return $"Only a user can be outranked, and {name} is not a user.";
        if (parameter.Choices.Count > 0 && parameter.Type != ParameterType.Text)
            return $"Only a text can have choices, and {name} is not a text.";
        if (parameter.Min > parameter.Max || parameter.MinLength > parameter.MaxLength)
            return $"The minimum of {name} is above its maximum.";
        return DefaultProblem(parameter, name);
    }

    private static string? DefaultProblem(ParameterDescriptor parameter, string name) => parameter switch
    {
        { Kind: ParameterKind.Variadic, Default: not (null or object?[]) } => $"The default of {name} must be an array of objects.",
        { Kind: ParameterKind.Variadic } or { Default: null } => null,
        _ => parameter.Type.ValueType.IsInstanceOfType(parameter.Default) ? null : $"The default of {name} does not have its type.",
    };

    private static IEnumerable<string> Examples(CommandDescriptor command) =>
        from example in command.Examples
        where !Parses(command, example)
        select $"The example \"{TextRules.Harmless(example)}\" does not parse.";

    /// <summary>Does not check whether users and rooms exist.</summary>
    private static bool Parses(CommandDescriptor command, string example)
    {
        var names = command.Aliases.Select(a => a.Name).Append(command.Name).OrderByDescending(n => n.Length);
        var name = names.FirstOrDefault(n => (example + " ").StartsWith($"/{n} ", StringComparison.Ordinal));
        if (name is null) return false;
        var bound = LineBinder.Bind(command.Parameters, example, name.Length + 1);
        return bound.Error is null
            && Enumerable.Range(0, command.Parameters.Count)
                .All(i => !command.Parameters[i].Required || bound.Pieces.Any(p => p.Parameter == i))
            && bound.Pieces.All(p => IsValue(command.Parameters[p.Parameter], p));
    }

    private static bool IsValue(ParameterDescriptor parameter, BoundArguments.Piece piece) =>
        parameter.Type.Convert is null || ArgumentReader.Convert(parameter, piece).Error is null;

    private static bool IsName(string word) =>
        word.Length > 0 && char.IsLetterOrDigit(word[0]) && word.All(c => char.IsLetterOrDigit(c) || c is '-' or '_');
}
