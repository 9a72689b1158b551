using Chat.Protocol;

namespace Chat.Cli;

/// <summary>Finds the secrets among the words of a command, which it splits as the daemon does.</summary>
internal sealed class SecretReader
{
    private readonly string line;
    private readonly IReadOnlyList<ParameterEntry> parameters;
    private readonly List<ParameterEntry> positional;
    private bool takesOptions;
    private bool isComplete = true;
    private int position;
    private int at;

    /// <param name="start">Where the command's name ends.</param>
    public SecretReader(string line, int start, IReadOnlyList<ParameterEntry> parameters)
    {
        (this.line, this.parameters, at) = (line, parameters, start);
        positional = [.. parameters.Where(p => !IsNamed(p))];
        takesOptions = positional.Count < parameters.Count;
        while (SkipSpace()) Take();
        if (isComplete) Missing = MissingFrom(position);
    }

    /// <summary>Where the first secret value begins; null if there is none.</summary>
    public int? SecretAt { get; private set; }

    public IReadOnlyList<ParameterEntry> Missing { get; } = [];

    private static bool IsNamed(ParameterEntry parameter) => parameter.Kind is "option" or "flag";

    private void Take()
    {
        var start = at;
        var word = Read();
        if (takesOptions && word.StartsWith("--", StringComparison.Ordinal)) TakeOption(word, start);
        else if (position < positional.Count) TakeValue(positional[position], start);
    }

    private void TakeValue(ParameterEntry parameter, int start)
    {
        if (parameter.Secret is true) SecretAt ??= start;
        if (parameter.Kind is "remainder") at = line.Length;
        if (parameter.Kind is not "variadic") position++;
    }

    private void TakeOption(string word, int start)
    {
        if (word == "--")
        {
            takesOptions = false;
            return;
        }
        var equals = word.IndexOf('=');
        var name = equals < 0 ? word[2..] : word[2..equals];
        var option = parameters.FirstOrDefault(p => IsNamed(p) && (p.Aliases ?? []).Prepend(p.Name).Any(n => CommandLine.IsSame(n, name)));
        if (option is null)
        {
            TakeUnknown(start);
            return;
        }
        if (equals >= 0 || option.Kind is "flag")
        {
            if (option.Secret is true) SecretAt ??= start + equals + 1;
            return;
        }
        isComplete &= SkipSpace();
        if (option.Secret is true && at < line.Length) SecretAt ??= at;
        Read();
    }

    /// <summary>The daemon will refuse the line. The option may be a secret that begins with two hyphens, or one may follow.</summary>
    private void TakeUnknown(int start)
    {
        isComplete = false;
        if (!parameters.Any(p => p.Secret is true)) return;
        if (position < positional.Count && positional[position].Secret is true) SecretAt ??= start;
        else if (SkipSpace()) SecretAt ??= at;
    }

    /// <summary>Empty if the next value of the line would not be a secret, or if anything else is missing.</summary>
    private List<ParameterEntry> MissingFrom(int next)
    {
        List<ParameterEntry> missing = [.. positional.Skip(next).TakeWhile(p => p is { Secret: true, Required: true })];
        return positional.Skip(next + missing.Count).Any(p => p.Required) ? [] : missing;
    }

    private bool SkipSpace()
    {
        while (at < line.Length && char.IsWhiteSpace(line[at])) at++;
        return at < line.Length;
    }

    /// <summary>Reads a word; a quote opens at its start or after an equals sign, and a backslash makes the next character plain.</summary>
    private string Read()
    {
        var (start, isQuoted) = (at, false);
        for (; at < line.Length && (isQuoted || !char.IsWhiteSpace(line[at])); at++)
        {
            if (line[at] == '\\') at++;
            else if (IsQuote(line[at]) && (isQuoted || at == start || line[at - 1] == '=')) isQuoted = !isQuoted;
        }
        at = Math.Min(at, line.Length);
        isComplete &= !isQuoted;
        return line[start..at];
    }

    // Phones replace " by “ and ”.
    private static bool IsQuote(char c) => c is '"' or '“' or '”';
}
