using Chat;
using Chat.Daemon.Commands;
using Fuzz.Mutation;
using static Fuzz.FuzzFailureException;

namespace Fuzz.Targets;

/// <summary>A line of a user: its name, its words, its arguments, its completion, and its run.</summary>
internal sealed class CommandLinesTarget : IFuzzTarget
{
    private readonly CommandStand stand = new();

    public string Name => "command-lines";

    public IEnumerable<byte[]> Seeds => new[]
    {
        "/nada", "/x y --quieto", "/x  y\tz o resto", "/expulsar @ana --por=1h --quieto porque  sim",
        "/kick gil --por \"5m\" \"tudo junto\"",
        "/tudo 3 maca --opção 2.5 1 2 3", "/um0 \"a \\\" b\" --o=“c d”", "/um5 1d2h --o 30s", "/um8 SUNDAY", "/os6 ana @gil",
        "/um9 00000000-0000-0000-0000-000000000001", "/expulsár gil -- --por", "/tudo --op", "/exp", "/um6 @", "/x",
    }.Select(Pieces.Utf8).Append(Pieces.LoneUnits("/um0 \ud800"));

    public IReadOnlyList<string> Tokens => CommandShapes.Tokens;

    public IReadOnlyList<MutationStep> Mutations { get; } = [.. TextMutations.All, .. ByteMutations.All];

    public void Run(ReadOnlySpan<byte> input)
    {
        var line = Pieces.TextOf(input);
        var language = input.Length % 2 == 0 ? "en" : "pt-BR";
        var entry = stand.Catalogue.FindIn(line, out var end);
        ThrowUnless(end >= 0 && end <= line.Length, $"A name ends in the line: {end}");
        if (entry is not null)
        {
            ThrowUnless(ReferenceEquals(stand.Catalogue.Find(line[..end].TrimStart('/')), entry), "A name is found by itself");
            var bound = LineBinder.Bind(entry.Descriptor.Parameters, line, end);
            stand.Check(entry, bound, end, line.Length);
            foreach (var piece in bound.Pieces.Take(20)) AssertRereads(piece.Text);
        }
        AssertCompletes(line, language);
        stand.Run(CommandStand.Line(line, language));
    }

    /// <summary>A value that completion writes into a line is read as that value.</summary>
    private static void AssertRereads(string text)
    {
        var words = new WordReader(WordReader.Written(text) + " x", 0);
        var word = words.Read();
        ThrowUnless(word.Text == text && word.IsClosed && words.SkipSpace() && words.Read().Text == "x",
            "A written word is read as it was");
        if (DurationText.TryParse(text, out var time))
            ThrowUnless(DurationText.TryParse(DurationText.Format(time), out var again) && again == time, "A duration is read as it was");
    }

    private void AssertCompletes(string line, string language)
    {
        foreach (var cursor in new[] { line.Length, line.Length / 2 })
        {
            var asked = stand.Completion.CompleteAsync(CommandStand.Line(line, language), cursor, CancellationToken.None).AsTask();
            var found = CommandStand.Wait(asked);
            ThrowUnless(found.From >= 0 && found.Length >= 0 && found.From + found.Length <= cursor,
                "A completion replaces a part of the line");
            ThrowUnless(found.Entries.Count <= 50 && found.Entries.All(e => e.Text.Length > 0), "Completions are few, and none is empty");
        }
    }
}
