using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>What could stand at the cursor: it binds the line up to there, and asks the parameter that takes the next word.</summary>
internal sealed class CommandCompletion(CommandRegistry registry, IEntityDirectory directory)
{
    /// <summary>Entries of one answer: more than anybody reads.</summary>
    public const int Most = 50;

    /// <summary>Empty also for a text that is no command, and for a command that the caller may not run.</summary>
    public async ValueTask<DaemonFrame.Completions> CompleteAsync(
        string text, int? cursor, User caller, Room? room, string language, CancellationToken cancellation)
    {
        var line = text[..Math.Clamp(cursor ?? text.Length, 0, text.Length)];
        if (!line.StartsWith('/') || line.StartsWith("//", StringComparison.Ordinal)) return new(line.Length, 0, []);
        var start = line.Length;
        while (start > 0 && !char.IsWhiteSpace(line[start - 1])) start--;
        var snapshot = registry.Current;
        var names = Names(snapshot, caller, line, language);
        if (start == 0) return new(0, line.Length, names);
        var entry = snapshot.Catalogue.FindIn(line[..start], out var argumentsAt);
        if (entry is null || !snapshot.MayRun(caller, entry)) return new(0, line.Length, names);
        var bound = LineBinder.Bind(entry.Descriptor.Parameters, line[..start], argumentsAt);
        var values = await ArgumentsAsync(entry.Descriptor.Parameters, bound, line[start..], caller, room, language, cancellation);
        return values.Count > 0 || names.Count == 0 ? new(start, line.Length - start, values) : new(0, line.Length, names);
    }

    private static List<CompletionEntry> Names(CommandSnapshot snapshot, User caller, string line, string language)
    {
        var typed = NameFold.Of(line[1..]);
        return [.. from entry in snapshot.ListedFor(caller)
                   let shown = entry.NameIn(language)
                   let name = entry.Descriptor.Aliases.Select(a => a.Name).Prepend(entry.Descriptor.Name).Prepend(shown)
                       .FirstOrDefault(n => NameFold.Of(n).StartsWith(typed, StringComparison.Ordinal))
                   where name is not null
                   orderby name
                   select new CompletionEntry("/" + name, entry.Descriptor.Summary.In(language))];
    }

    private async ValueTask<IReadOnlyList<CompletionEntry>> ArgumentsAsync(
        IReadOnlyList<ParameterDescriptor> parameters, BoundArguments bound, string word, User caller, Room? room, string language, CancellationToken cancellation)
    {
        if (bound.Error is { Problem: not ArgumentProblem.MissingValue }) return [];
        if (!bound.IsValuePending && bound.TakesOptions && word.StartsWith('-'))
        {
            if (word.IndexOf('=') is not (> 0 and var equals)) return Options(parameters, bound, word, language);
            var option = parameters.FirstOrDefault(p => LineBinder.IsNamed(p) && NameFold.Of("--" + p.Name) == NameFold.Of(word[..equals]));
            return option is null ? [] : Entries(await ValuesAsync(option, word[(equals + 1)..], caller, room, cancellation), word[..(equals + 1)]);
        }
        return bound.Next is { } next ? Entries(await ValuesAsync(parameters[next], word, caller, room, cancellation)) : [];
    }

    private static List<CompletionEntry> Options(IReadOnlyList<ParameterDescriptor> parameters, BoundArguments bound, string word, string language) =>
        [.. from index in Enumerable.Range(0, parameters.Count)
            let parameter = parameters[index]
            where LineBinder.IsNamed(parameter) && bound.Pieces.All(p => p.Parameter != index)
            where NameFold.Of("--" + parameter.Name).StartsWith(NameFold.Of(word), StringComparison.Ordinal)
            select new CompletionEntry("--" + parameter.Name, parameter.Summary.IsEmpty ? null : parameter.Summary.In(language))];

    private async ValueTask<IReadOnlyList<string>> ValuesAsync(ParameterDescriptor parameter, string word, User caller, Room? room, CancellationToken cancellation)
    {
        var sign = word is ['@' or '#', ..] ? word[..1] : "";
        if (parameter.Type == ParameterType.User && sign != "#")
            return [.. (await directory.UsersLikeAsync(word[sign.Length..], room, Most, cancellation)).Select(name => sign + name)];
        if (parameter.Type == ParameterType.Room && sign != "@")
            return [.. (await directory.RoomsLikeAsync(word[sign.Length..], caller, Most, cancellation)).Select(name => sign + name)];
        var typed = NameFold.Of(word);
        return [.. ArgumentReader.ChoicesOf(parameter).Where(c => NameFold.Of(c).StartsWith(typed, StringComparison.Ordinal))];
    }

    private static List<CompletionEntry> Entries(IEnumerable<string> values, string before = "") =>
        [.. values.Take(Most).Select(value => new CompletionEntry(before + (value.Any(char.IsWhiteSpace) ? $"\"{value}\"" : value)))];
}
