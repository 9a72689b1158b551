namespace Chat.Daemon.Commands;

/// <summary>Assigns each word of a line to its parameter.</summary>
internal sealed class LineBinder
{
    private readonly IReadOnlyList<ParameterDescriptor> parameters;
    private readonly WordReader words;
    private readonly List<BoundArguments.Piece> pieces = [];
    private bool takesOptions;
    private int? pending;
    private int position = -1;
    private ArgumentError? error;

    private LineBinder(IReadOnlyList<ParameterDescriptor> parameters, string line, int start)
    {
        this.parameters = parameters;
        words = new(line, start);
        // A command without options takes --x as a plain word.
        for (var i = 0; i < parameters.Count; i++) takesOptions |= IsNamed(parameters[i]);
        Advance();
    }

    /// <param name="start">The index where the command's name ends.</param>
    public static BoundArguments Bind(IReadOnlyList<ParameterDescriptor> parameters, string line, int start) =>
        new LineBinder(parameters, line, start).Bind(line.Length);

    internal static bool IsNamed(ParameterDescriptor parameter) => parameter.Kind is ParameterKind.Option or ParameterKind.Flag;

    private BoundArguments Bind(int end)
    {
        var endSpan = new LineSpan(end, 0);
        while (error is null && words.SkipSpace()) TakeWord();
        if (pending is { } option) error ??= new(ArgumentProblem.MissingValue, endSpan, parameters[option]);
        return new(pieces, error, endSpan)
        {
            Next = pending ?? (position < parameters.Count ? position : null),
            IsValuePending = pending is not null,
            TakesOptions = takesOptions,
        };
    }

    private void TakeWord()
    {
        var start = words.Position;
        var word = words.Read();
        var isOption = takesOptions && !word.IsLiteral && word.Text.StartsWith("--", StringComparison.Ordinal);
        if (isOption && (pending is null || Find(NameOf(word)) is not null)) TakeOption(word);
        else if (pending is null && position < parameters.Count && parameters[position].Kind is ParameterKind.Remainder)
            TakeRest(start, word);
        else if (!word.IsClosed) error = new(ArgumentProblem.UnclosedQuote, word.Span, SecretAt(pending ?? position), word.Text);
        else if (pending is { } option) TakeValue(option, word);
        else if (position < parameters.Count) TakeNext(word);
        else error = new(ArgumentProblem.Surplus, word.Span, parameters.LastOrDefault(p => p.Secret), word.Text);
    }

    private void TakeNext(WordReader.Word word)
    {
        pieces.Add(new(position, word.Text, word.Span));
        if (parameters[position].Kind is not ParameterKind.Variadic) Advance();
    }

    private void TakeValue(int option, WordReader.Word word)
    {
        pieces.Add(new(option, word.Text, word.Span));
        pending = null;
    }

    private void TakeRest(int start, WordReader.Word first)
    {
        var isOneQuoted = first.IsQuoted && !words.SkipSpace();
        if (first.IsQuoted && !isOneQuoted && parameters[position].Secret)
        {
            // Else a role after a quoted password would become part of the password.
            error = new(ArgumentProblem.TextAfterQuote, first.Span, parameters[position]);
            return;
        }
        var rest = isOneQuoted ? first : words.ReadRestFrom(start);
        pieces.Add(new(position, rest.Text, rest.Span));
        Advance();
    }

    private void TakeOption(WordReader.Word word)
    {
        if (word.Text == "--")
        {
            takesOptions = false;
            return;
        }
        if (pending is { } hungry) error = new(ArgumentProblem.MissingValue, word.Span, parameters[hungry]);
        else if (!word.IsClosed)
            error = new(ArgumentProblem.UnclosedQuote, word.Span, SecretAt(Find(NameOf(word)) ?? parameters.Count), word.Text);
        else if (Find(NameOf(word)) is not { } option)
            error = new(ArgumentProblem.UnknownOption, word.Span, Given: "--" + NameOf(word)) { Expected = OptionNames() };
        else if (pieces.Exists(p => p.Parameter == option)) error = new(ArgumentProblem.Repeated, word.Span, parameters[option]);
        else if (word.Text.IndexOf('=') is >= 0 and var equals) pieces.Add(new(option, word.Text[(equals + 1)..], word.Span));
        else if (parameters[option].Kind is ParameterKind.Flag) pieces.Add(new(option, "true", word.Span));
        else pending = option;
    }

    /// <summary>The parameter, if its value must not be shown.</summary>
    private ParameterDescriptor? SecretAt(int index) => index < parameters.Count && parameters[index].Secret ? parameters[index] : null;

    private void Advance()
    {
        do position++;
        while (position < parameters.Count && IsNamed(parameters[position]));
    }

    private static string NameOf(WordReader.Word word) =>
        word.Text.IndexOf('=') is >= 0 and var equals ? word.Text[2..equals] : word.Text[2..];

    private int? Find(string name)
    {
        var folded = NameFold.Of(name);
        for (var i = 0; i < parameters.Count; i++)
            if (IsNamed(parameters[i]) && parameters[i].Matches(folded)) return i;
        return null;
    }

    private LocalizedName[] OptionNames() =>
        [.. parameters.Where(IsNamed).SelectMany(p => p.Aliases.Prepend(p.Name)).Select(n => n with { Name = "--" + n.Name })];
}
