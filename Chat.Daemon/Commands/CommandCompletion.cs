using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <summary>Completes the word at the cursor: binds the line up to there, and asks the parameter that takes the next word.</summary>
internal sealed class CommandCompletion(CommandRegistry commandRegistry, IEntityDirectory directory, Suggestions suggestions)
{
    /// <summary>Entries in one answer.</summary>
    public const int Most = 50;

    /// <summary>Empty for a text that is not a command, and for a command that the caller may not run.</summary>
    /// <param name="call">Its line is the text typed so far.</param>
    /// <param name="cursor">In UTF-16 units; null: at the end.</param>
    public async ValueTask<DaemonFrame.Completions> CompleteAsync(CommandCall.Line call, int? cursor, CancellationToken cancellation)
    {
        var line = call.Text[..Math.Clamp(cursor ?? call.Text.Length, 0, call.Text.Length)];
        if (!line.StartsWith('/') || line.StartsWith("//", StringComparison.Ordinal)) return new(line.Length, 0, []);
        var start = line.Length;
        while (start > 0 && !char.IsWhiteSpace(line[start - 1])) start--;
        var snapshot = commandRegistry.Current;
        var names = Names(snapshot, call, line);
        if (start == 0) return new(0, line.Length, names);
        var entry = snapshot.Catalogue.FindIn(line[..start], out var argumentsAt);
        if (entry is null || !snapshot.MayRun(call.Caller, entry, call.Room)) return new(0, line.Length, names);
        var bound = LineBinder.Bind(entry.Descriptor.Parameters, line[..start], argumentsAt);
        var values = await ArgumentsAsync(new(call, entry, line[start..], cancellation), bound);
        return values.Count > 0 || names.Count == 0 ? new(start, line.Length - start, values) : new(0, line.Length, names);
    }

    private static List<CompletionEntry> Names(CommandRegistry.Snapshot snapshot, CommandCall.Line call, string line)
    {
        var typed = NameFold.Of(line[1..]);
        return [.. from entry in snapshot.ListedFor(call.Caller, call.Room)
                   let shown = entry.NameIn(call.Language)
                   let name = entry.Descriptor.Aliases.Select(a => a.Name).Prepend(entry.Descriptor.Name).Prepend(shown)
                       .FirstOrDefault(n => NameFold.Of(n).StartsWith(typed, StringComparison.Ordinal))
                   where name is not null
                   orderby name != shown, name // names in other languages also complete, but last
                   select new CompletionEntry("/" + name, entry.Descriptor.Summary.In(call.Language))];
    }

    private async ValueTask<IReadOnlyList<CompletionEntry>> ArgumentsAsync(Question question, BoundArguments bound)
    {
        var (parameters, word) = (question.Entry.Descriptor.Parameters, question.Word);
        if (bound.Error is { Problem: not ArgumentProblem.MissingValue }) return [];
        if (!bound.IsValuePending && bound.TakesOptions && word.StartsWith('-'))
        {
            if (word.IndexOf('=') is not (> 1 and var equals)) return Options(parameters, bound, word, question.Call.Language);
            if (!word.StartsWith("--", StringComparison.Ordinal)) return [];
            var name = NameFold.Of(word[2..equals]);
            if (parameters.FirstOrDefault(p => LineBinder.IsNamed(p) && p.Matches(name)) is not { } option) return [];
            return Entries(await ValuesAsync(question with { Word = word[(equals + 1)..] }, option), word[..(equals + 1)]);
        }
        return bound.Next is { } next ? Entries(await ValuesAsync(question, parameters[next])) : [];
    }

    private static List<CompletionEntry> Options(
        IReadOnlyList<ParameterDescriptor> parameters, BoundArguments bound, string word, string language) =>
        [.. from index in Enumerable.Range(0, parameters.Count)
            let parameter = parameters[index]
            where LineBinder.IsNamed(parameter) && bound.Pieces.All(p => p.Parameter != index)
            let name = parameter.Aliases.Select(a => a.Name).Prepend(parameter.Name).Prepend(parameter.NameIn(language))
                .FirstOrDefault(n => NameFold.Of("--" + n).StartsWith(NameFold.Of(word), StringComparison.Ordinal))
            where name is not null
            select new CompletionEntry("--" + name, parameter.Summary.IsEmpty ? null : parameter.Summary.In(language))];

    private async ValueTask<IReadOnlyList<string>> ValuesAsync(Question question, ParameterDescriptor parameter)
    {
        var (call, word, cancellation) = (question.Call, question.Word, question.Cancellation);
        var sign = word is ['@' or '#', ..] ? word[..1] : "";
        if (parameter.Type == ParameterType.User && sign != "#")
            return [.. (await directory.UsersLikeAsync(word[sign.Length..], call.Room, Most, cancellation)).Select(name => sign + name)];
        if (parameter.Type == ParameterType.Room && sign != "@")
            return [.. (await directory.RoomsLikeAsync(word[sign.Length..], call.Caller, Most, cancellation)).Select(name => sign + name)];
        var typed = NameFold.Of(word);
        var choices = ArgumentReader.ChoicesOf(parameter).Where(c => Begins(c.Name, typed)).ToList();
        if (parameter.Suggest is null) return CommandTexts.In(call.Language).Shown(choices);
        var suggested = await suggestions.AskAsync(question.Entry, parameter.Suggest, call, word, cancellation);
        return [.. CommandTexts.In(call.Language).Shown(choices).Concat(suggested.Where(s => Begins(s, typed))).Distinct()];
    }

    private static bool Begins(string name, string folded) => NameFold.Of(name).StartsWith(folded, StringComparison.Ordinal);

    private static List<CompletionEntry> Entries(IEnumerable<string> values, string before = "") =>
        [.. values.Take(Most).Select(value => new CompletionEntry(before + WordReader.Written(value)))];

    /// <param name="Word">The part of the value before the cursor.</param>
    private sealed record Question(CommandCall.Line Call, CatalogueEntry Entry, string Word, CancellationToken Cancellation);
}
