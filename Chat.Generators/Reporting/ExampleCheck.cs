using Chat.Generators.Declared;
using Chat.Generators.Reading;

namespace Chat.Generators.Reporting;

/// <summary>
/// Checks whether the daemon would accept an example. It repeats the daemon's rules, whose code can't run in the compiler; a test
/// compares both. Anything that only the daemon can check counts as accepted.
/// </summary>
internal sealed class ExampleCheck
{
    private readonly DeclaredParameter[] parameters;
    private readonly List<string>[] given;
    private readonly Line line;
    private bool takesOptions;
    private int pending = -1, position = -1;
    private string? problem;

    private ExampleCheck(DeclaredCommand command, string example, int start)
    {
        parameters = [.. command.Arguments];
        given = [.. parameters.Select(_ => new List<string>())];
        line = new(example, start);
        takesOptions = parameters.Any(p => p.IsNamed);
        Advance();
    }

    /// <summary>Null if the example is valid.</summary>
    public static string? Problem(DeclaredCommand command, string example)
    {
        var name = command.Aliases.Select(a => a.Name).Prepend(command.Name).OrderByDescending(n => n.Length)
            .FirstOrDefault(n => (example + " ").StartsWith($"/{n} ", StringComparison.Ordinal));
        return name is null ? $"it must start with /{command.Name}" : new ExampleCheck(command, example, name.Length + 1).Check();
    }

    private string? Check()
    {
        while (problem is null && line.SkipSpace()) TakeWord();
        if (pending >= 0) problem ??= $"--{parameters[pending].Name} needs a value";
        return problem ?? parameters.Select((parameter, i) => ValueProblem(parameter, given[i])).FirstOrDefault(p => p is not null);
    }

    private static string? ValueProblem(DeclaredParameter parameter, List<string> values)
    {
        if (values.Count == 0) return parameter.Required ? $"{parameter.Name} is missing" : null;
        var expected = new Expected(parameter.Type!, parameter.Bounds, parameter.Choices);
        var wrong = values.Select(value => ValueCheck.Problem(expected, value))
            .FirstOrDefault(p => p is not null) ?? LengthProblem(parameter, values);
        return wrong is null ? null : $"{parameter.Name} {wrong}";
    }

    private static string? LengthProblem(DeclaredParameter parameter, List<string> values) =>
        parameter.Source is Source.Variadic ? ValueCheck.LengthProblem(parameter.Bounds, values.Count, "value")
        : parameter.Type!.Form is TypeForm.Text ? ValueCheck.LengthProblem(parameter.Bounds, ScalarsIn(values[0]), "character")
        : null;

    private static int ScalarsIn(string text) =>
        text.Where((c, i) => !(char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(text[i - 1]))).Count();

    private void TakeWord()
    {
        var start = line.Position;
        var word = line.Read();
        var isOption = takesOptions && !word.IsLiteral && word.Text.StartsWith("--", StringComparison.Ordinal);
        if (isOption && (pending < 0 || Find(NameOf(word)) >= 0)) TakeOption(word);
        else if (pending < 0 && position < parameters.Length && parameters[position].Source is Source.Remainder) TakeRest(start, word);
        else if (!word.IsClosed) problem = "a quotation mark is not closed";
        else if (pending >= 0) (given[pending], pending) = ([word.Text], -1);
        else if (position < parameters.Length) TakeNext(word.Text);
        else problem = $"there is no parameter for \"{word.Text}\"";
    }

    private void TakeNext(string text)
    {
        given[position].Add(text);
        if (parameters[position].Source is not Source.Variadic) Advance();
    }

    private void TakeRest(int start, Word first) => TakeNext(first.IsQuoted && !line.SkipSpace() ? first.Text : line.ReadRestFrom(start));

    private void TakeOption(Word word)
    {
        var option = Find(NameOf(word));
        if (word.Text == "--") takesOptions = false;
        else if (pending >= 0) problem = $"--{parameters[pending].Name} needs a value";
        else if (!word.IsClosed) problem = "a quotation mark is not closed";
        else if (option < 0) problem = $"there is no option --{NameOf(word)}";
        else if (given[option].Count > 0) problem = $"--{parameters[option].Name} appears twice";
        else if (word.Text.IndexOf('=') is >= 0 and var equals) given[option].Add(word.Text.Substring(equals + 1));
        else if (parameters[option].Source is Source.Flag) given[option].Add("true");
        else pending = option;
    }

    private void Advance()
    {
        do position++;
        while (position < parameters.Length && parameters[position].IsNamed);
    }

    private static string NameOf(Word word) => word.Text.Substring(2).Split('=')[0];

    private int Find(string name)
    {
        var fold = NameFold.Of(name);
        return Array.FindIndex(
            parameters, p => p.IsNamed && p.Aliases.Select(a => a.Name).Prepend(p.Name).Any(n => NameFold.Of(n) == fold));
    }
}
