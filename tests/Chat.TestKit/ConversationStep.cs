using System.Text.Json;
using System.Text.RegularExpressions;

namespace Chat.TestKit;

/// <summary>A line of a conversation.</summary>
/// <param name="Who">A user, or <c>daemon</c>.</param>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Source">The text of the line.</param>
internal abstract partial record ConversationStep(string Who, int Line, string Source)
{
    public sealed record Connect(string Who, int Line, string Source) : ConversationStep(Who, Line, Source);

    public sealed record Send(string Who, int Line, string Source, string Raw) : ConversationStep(Who, Line, Source);

    public sealed record Expect(string Who, int Line, string Source, JsonElement Pattern) : ConversationStep(Who, Line, Source);

    public sealed record ExpectNothing(string Who, int Line, string Source) : ConversationStep(Who, Line, Source);

    public sealed record ExpectClosed(string Who, int Line, string Source) : ConversationStep(Who, Line, Source);

    public sealed record Close(string Who, int Line, string Source) : ConversationStep(Who, Line, Source);

    public sealed record BreakOff(string Who, int Line, string Source) : ConversationStep(Who, Line, Source);

    public sealed record StopSending(string Who, int Line, string Source) : ConversationStep(Who, Line, Source);

    public sealed record Restart(string Who, int Line, string Source) : ConversationStep(Who, Line, Source);

    public sealed record Index(string Who, int Line, string Source) : ConversationStep(Who, Line, Source);

    /// <exception cref="FormatException">A line is not a step; names the file and the line.</exception>
    public static IReadOnlyList<ConversationStep> ParseAll(string name, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var steps = lines.Select((line, i) => (Text: line.Trim(), Number: i + 1))
            .Where(l => l.Text.Length > 0 && l.Text[0] != '#').Select(l => Parse(name, l.Text, l.Number)).ToList();
        return steps.Count > 0 ? steps : throw new FormatException($"{name}: nobody says anything");
    }

    private static ConversationStep Parse(string name, string source, int line)
    {
        var match = Shape().Match(source);
        var (who, what) = (match.Groups["who"].Value, match.Groups["what"].Value);
        return (who, what) switch
        {
            ("daemon", "restarts") => new Restart(who, line, source),
            ("daemon", "indexes") => new Index(who, line, source),
            ("daemon" or "", _) => throw new FormatException($"{name}:{line}: no step: {source}"),
            (_, "connects") => new Connect(who, line, source),
            (_, "closes") => new Close(who, line, source),
            (_, "breaks off") => new BreakOff(who, line, source),
            (_, "stops sending") => new StopSending(who, line, source),
            (_, "is closed") => new ExpectClosed(who, line, source),
            (_, "< nothing") => new ExpectNothing(who, line, source),
            (_, ['>', ' ', .. var raw]) => new Send(who, line, source, raw),
            (_, ['<', ' ', .. var json]) => new Expect(who, line, source, ParsePattern(name, line, json)),
            _ => throw new FormatException($"{name}:{line}: no step: {source}"),
        };
    }

    private static JsonElement ParsePattern(string name, int line, string json)
    {
        try
        {
            var pattern = JsonDocument.Parse(json).RootElement;
            return pattern.ValueKind is JsonValueKind.Object ? pattern : throw new FormatException(
                $"{name}:{line}: a pattern is an object: {json}");
        }
        catch (JsonException e)
        {
            throw new FormatException($"{name}:{line}: no JSON: {json}", e);
        }
    }

    [GeneratedRegex(@"^(?<who>[\p{L}\p{N}_-]+) (?<what>.+)$")]
    private static partial Regex Shape();
}
