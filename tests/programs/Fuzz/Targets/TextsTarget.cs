using System.Globalization;
using System.Text;
using Chat.Daemon.Diagnostics;
using Chat.Protocol;
using Fuzz.Mutation;
using static Fuzz.FuzzFailureException;

namespace Fuzz.Targets;

/// <summary>Texts: counted and refused as specified, and safe to print once they are made so.</summary>
internal sealed class TextsTarget : IFuzzTarget
{
    public string Name => "texts";

    public IEnumerable<byte[]> Seeds =>
        new[]
        {
            "olá", " \n\t", "\e[31mvermelho\e[0m", "a\r\nb", "\u202Eabc", "😀", new('x', 4_000),
            string.Concat(Enumerable.Repeat("😀", 4_001)),
        }
            .Select(Pieces.Utf8).Append(Pieces.LoneUnits("a\ud83d\n\ude00"));

    public IReadOnlyList<string> Tokens { get; } = ["\e[2J", "\e]8;;", "\u009B", "\r\n", "\\u000A", "/", "//"];

    public IReadOnlyList<MutationStep> Mutations { get; } = [.. TextMutations.All, .. TextMutations.All, .. ByteMutations.All];

    public void Run(ReadOnlySpan<byte> input)
    {
        var text = Pieces.TextOf(input);
        AssertCode(text);
        var harmless = TextRules.Harmless(text);
        ThrowUnless(harmless.EnumerateRunes().All(r => r.Value is '\n' or '\t' || IsHarmless(r)), "A harmless text controls nothing");
        ThrowUnless(TextRules.Harmless(harmless) == harmless, "A harmless text stays as it is");
        ThrowUnless(TextRules.ScalarsIn(harmless) == harmless.EnumerateRunes().Count(), "Scalar values are counted");
        var printable = Printable.Escape(text);
        ThrowUnless(printable.EnumerateRunes().All(IsHarmless) && !printable.Any(char.IsControl), "An escaped text is one line");
        ThrowUnless(Printable.Escape(printable) == printable, "An escaped text stays as it is");
        ThrowUnless(printable.Length <= 6 * text.Length, "An escaped text has a bound");
    }

    private static void AssertCode(string text)
    {
        if (text.EnumerateRunes().Count() is var runes && TextRules.ScalarsIn(text) != runes) return; // not well-formed
        var code = TextRules.CodeFor(text);
        if (text.All(char.IsWhiteSpace)) ThrowUnless(code == RefusalCode.TextEmpty, $"White space is no text: {code}");
        if (text.EnumerateRunes().Any(IsSurelyVisible))
        {
            var expected = runes > ProtocolLimits.TextScalars ? RefusalCode.TextTooLong : null;
            ThrowUnless(code == expected, $"A text that can be seen has its code: {code} instead of {expected}");
        }
        ThrowUnless(TextRules.HasForbiddenControl(text) == text.EnumerateRunes().Any(r =>
            Rune.GetUnicodeCategory(r) is UnicodeCategory.Control && r.Value is not ('\n' or '\r' or '\t')),
            "Control characters are found");
    }

    /// <summary>The fillers are letters and symbols, too, so only characters far from them count.</summary>
    private static bool IsSurelyVisible(Rune rune) =>
        rune.Value is (> 0x20 and < 0x7F) or (>= 0x4E00 and <= 0x9FFF) or (>= 0x1F600 and <= 0x1F64F);

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && rune.Value is not (0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069));
}
