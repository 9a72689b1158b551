using Chat.Daemon.Commands;

namespace Chat.Commands.Tests;

/// <summary>
/// Random shapes of commands, values that fit them, and lines that say these values, each in one of the ways in which it can be written.
/// </summary>
internal sealed class RandomShapes(Random random)
{
    private static readonly string[] Letters =
    [
        "a", "Z", "é", "ß", "İ", "中", "\U0001F600", "\ud800", "\udc00", "\u0301", "\u200b", "\u202e", "\ufffe", " ", "  ", "\t", "\n",
        "\"", "“", "”", "'", "\\", "-", "--", "=", "/", "@", "#", "0", "\0",
    ];

    private static readonly (ParameterType Type, Func<Random, (string Text, object Value)> Draw)[] Types =
    [
        (ParameterType.Text, r => Text(r) is var text ? (text, text) : default),
        (ParameterType.Integer, r => Of(r.Next(int.MinValue, int.MaxValue))),
        (ParameterType.LongInteger, r => Of(r.NextInt64(long.MinValue, long.MaxValue))),
        (ParameterType.Number, r => Of(Math.Round((r.NextDouble() - 0.5) * 1e6, 3))),
        (ParameterType.Boolean, r => r.Next(2) == 0 ? ("sim", true) : ("OFF", false)),
        (ParameterType.Duration, r => TimeSpan.FromSeconds(r.Next(1, 1_000_000)) is var time ? (DurationText.Format(time), time) : default),
        (ParameterType.User, r => r.Next(2) == 0 ? ("@bia", KnownEntities.Bia) : ("GIL", KnownEntities.Gil)),
        (ParameterType.Room, r => r.Next(2) == 0 ? ("#geral", KnownEntities.Geral) : ("Secreta", KnownEntities.Secreta)),
        (ParameterType.Enum<DayOfWeek>(), r => Enum.GetValues<DayOfWeek>()[r.Next(7)] is var day
            ? (day.ToString().ToUpperInvariant(), day)
            : default),
        (ParameterType.Parsable<Guid>("id"), r =>
        {
            var id = new Guid([.. Enumerable.Range(0, 16).Select(_ => (byte)r.Next(256))]);
            return (id.ToString(), id);
        }),
    ];

    /// <summary>Aliases and choices among them; names with accents.</summary>
    public CommandBuilder Shape()
    {
        var command = Stand.Command("x");
        foreach (var (name, alias) in new[] { ("opção", "option"), ("b", "bê"), ("quieto", "quiet"), ("d", "dê") }.Take(random.Next(5)))
        {
            if (random.Next(3) == 0) command.Flag(name, p => p with { Aliases = [new(alias, "en")] });
            else command.Option(name, Any(), p => Chosen(p) with { Aliases = [new(alias, "en")] });
        }
        var required = random.Next(3);
        for (var i = 0; i < required + random.Next(2); i++) command.Argument(
            "p" + i, Any(), p => Chosen(p) with { Required = i < required });
        return random.Next(3) switch
        {
            0 => command.Remainder("resto", p => p with { Required = false }),
            1 => command.Variadic("vários", Any(), p => p with { Required = false }),
            _ => command,
        };
    }

    /// <summary>
    /// The shape's line, and each parameter's value; null for what the line leaves out. Options stand anywhere before a remainder.
    /// </summary>
    public (string Line, object?[] Values) Say(IReadOnlyList<ParameterDescriptor> parameters)
    {
        var (values, words, options) = (new object?[parameters.Count], new List<string>(), new List<string>());
        var stops = false;
        for (var i = 0; i < parameters.Count; i++)
        {
            var parameter = parameters[i];
            // What follows one that is left out is left out too.
            stops |= !parameter.Required && !LineBinder.IsNamed(parameter) && random.Next(3) == 0;
            if (LineBinder.IsNamed(parameter) ? random.Next(2) == 0 : stops) continue;
            switch (parameter.Kind)
            {
                case ParameterKind.Flag:
                    (var said, values[i]) = random.Next(2) == 0 ? ("", true) : ("=não", false);
                    options.Add(Named(parameter) + said);
                    break;
                case ParameterKind.Option:
                    (var text, values[i]) = Draw(parameter);
                    options.Add(Named(parameter) + (random.Next(2) == 0 ? "=" : Space()) + Quoted(text));
                    break;
                case ParameterKind.Variadic:
                    var all = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Draw(parameter)).ToList();
                    words.AddRange(all.Select(one => WordReader.Written(one.Text)));
                    values[i] = all.Select(one => one.Value).ToArray();
                    break;
                case ParameterKind.Remainder:
                    (text, values[i]) = Draw(parameter);
                    words.Add(Quoted(text));
                    break;
                default:
                    (text, values[i]) = Draw(parameter);
                    words.Add(random.Next(2) == 0 ? Quoted(text) : WordReader.Written(text));
                    break;
            }
        }
        var last = words.Count > 0 && parameters[^1].Kind is ParameterKind.Remainder && values[^1] is not null
            ? words.Count - 1
            : words.Count;
        foreach (var option in options) words.Insert(random.Next(last++ + 1), option);
        return ("/x" + string.Concat(words.Select(word => Space() + word)) + (random.Next(4) == 0 ? Space() : ""), values);
    }

    private ParameterType Any() => Types[random.Next(Types.Length)].Type;

    private ParameterDescriptor Chosen(ParameterDescriptor parameter) =>
        parameter.Type == ParameterType.Text && random.Next(2) == 0
            ? parameter with { Choices = ["Maçã", "pêra verde", new("uva", "en")] }
            : parameter;

    private (string Text, object Value) Draw(ParameterDescriptor parameter)
    {
        if (parameter.Choices.Count == 0) return Types.First(t => t.Type == parameter.Type).Draw(random);
        var choice = parameter.Choices[random.Next(parameter.Choices.Count)].Name;
        return (random.Next(2) == 0 ? choice : NameFold.Of(choice).ToUpperInvariant(), choice);
    }

    private string Named(ParameterDescriptor parameter)
    {
        var name = random.Next(2) == 0 ? parameter.Name : parameter.Aliases[0].Name;
        return "--" + (random.Next(2) == 0 ? name : NameFold.Of(name).ToUpperInvariant());
    }

    private string Quoted(string text)
    {
        var (open, close) = random.Next(3) == 0 ? ("“", "”") : ("\"", "\"");
        var escaped = string.Concat(text.Select(c => c is '"' or '“' or '”' or '\\' || random.Next(8) == 0 ? $"\\{c}" : $"{c}"));
        return open + escaped + close;
    }

    private string Space() => random.Next(4) == 0 ? " \t " : " ";

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Letters[random.Next(Letters.Length)]));

    private static (string, object) Of<T>(
        T value) where T : IFormattable => (value.ToString(null, System.Globalization.CultureInfo.InvariantCulture), value);
}
