using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>What a descriptor must keep to; whoever made it by hand or from data hears here what a generator would have said at build time.</summary>
internal static class DescriptorRules
{
    private const int LongestName = 64;

    private static readonly TimeSpan LongestDeadline = TimeSpan.FromMinutes(10);

    /// <summary>Sentences for the operator; empty where all is well.</summary>
    public static IReadOnlyList<string> ProblemsOf(CommandDescriptor command)
    {
        var own = Names(command).Concat(Policy(command.Policy)).Concat(Order(command.Parameters)).Concat(command.Parameters.SelectMany(Parameter)).ToList();
        return own.Count > 0 ? own : [.. Examples(command)];
    }

    private static IEnumerable<string> Names(CommandDescriptor command) =>
        from name in command.Aliases.Select(a => a.Name).Prepend(command.Name)
        where name.Length > LongestName || !name.Split(' ').All(IsName)
        select $"The name \"{TextRules.Harmless(name)}\" is none: words of letters, digits, - and _, at most {LongestName} characters.";

    private static IEnumerable<string> Policy(CommandPolicy policy)
    {
        if (policy.Rate is { } rate && (rate.Count < 1 || rate.Per <= TimeSpan.Zero)) yield return "The rate limit must allow at least one in some time.";
        if (policy.Deadline is { } deadline && (deadline <= TimeSpan.Zero || deadline > LongestDeadline)) yield return "The deadline must be positive, and at most 10 minutes.";
        if (policy.Permission is { } permission && !permission.Split('.').All(IsName)) yield return "The permission must be words with dots between them.";
    }

    private static IEnumerable<string> Order(IReadOnlyList<ParameterDescriptor> parameters)
    {
        var positional = parameters.Where(p => !LineBinder.IsNamed(p)).ToList();
        foreach (var group in parameters.SelectMany(p => p.Aliases.Select(a => NameFold.Of(a.Name)).Append(NameFold.Of(p.Name)).Distinct()).GroupBy(name => name).Where(g => g.Count() > 1))
            yield return $"Two parameters are named {group.Key}.";
        if (positional.SkipWhile(p => p.Required).Any(p => p.Required)) yield return "A required parameter stands behind one that is not.";
        if (positional.SkipLast(1).Any(p => p.Kind is ParameterKind.Remainder or ParameterKind.Variadic)) yield return "Only the last parameter can take the rest of the line.";
    }

    private static IEnumerable<string> Parameter(ParameterDescriptor parameter)
    {
        var name = parameter.Name;
        if (parameter.Type is null) yield return $"The parameter {TextRules.Harmless(name)} has no type."; // whoever made the descriptor may have ignored the compiler
        else if (!parameter.Aliases.Select(a => a.Name).Append(name).All(IsName)) yield return "A parameter's name must be of letters, digits, - and _.";
        else if (parameter.Kind is ParameterKind.Flag && (parameter.Type != ParameterType.Boolean || parameter.Required)) yield return $"The flag {name} must be a boolean and not required.";
        else if (parameter.Outranked && parameter.Type != ParameterType.User) yield return $"Only users can be outranked; {name} is none.";
        else if (parameter.Choices.Count > 0 && parameter.Type != ParameterType.Text) yield return $"Only a text can have choices; {name} is none.";
        else if (parameter.Min > parameter.Max || parameter.MinLength > parameter.MaxLength) yield return $"Nothing fits {name}: its least is more than its most.";
        else if (parameter.Default is { } value && parameter.Kind is not ParameterKind.Variadic && !parameter.Type.ValueType.IsInstanceOfType(value)) yield return $"The default of {name} is not of its type.";
        else if (parameter.Default is not (null or object?[]) && parameter.Kind is ParameterKind.Variadic) yield return $"The default of {name} must be an array of objects.";
    }

    private static IEnumerable<string> Examples(CommandDescriptor command) =>
        from example in command.Examples
        where !Parses(command, example)
        select $"The example \"{TextRules.Harmless(example)}\" does not parse.";

    /// <summary>All but whether the users and rooms exist.</summary>
    private static bool Parses(CommandDescriptor command, string example)
    {
        var names = command.Aliases.Select(a => a.Name).Append(command.Name).OrderByDescending(n => n.Length);
        var name = names.FirstOrDefault(n => (example + " ").StartsWith($"/{n} ", StringComparison.Ordinal));
        if (name is null) return false;
        var bound = LineBinder.Bind(command.Parameters, example, name.Length + 1);
        return bound.Error is null
            && Enumerable.Range(0, command.Parameters.Count).All(i => !command.Parameters[i].Required || bound.Pieces.Any(p => p.Parameter == i))
            && bound.Pieces.All(p => IsValue(command.Parameters[p.Parameter], p));
    }

    private static bool IsValue(ParameterDescriptor parameter, Piece piece) =>
        parameter.Type.Convert is null || ArgumentReader.Convert(parameter, piece).Error is null;

    private static bool IsName(string word) =>
        word.Length > 0 && char.IsLetterOrDigit(word[0]) && word.All(c => char.IsLetterOrDigit(c) || c is '-' or '_');
}
