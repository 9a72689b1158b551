using System.Text;

namespace Fuzz.Mutation;

/// <summary>Characters, valid and invalid, at which text code goes wrong.</summary>
internal static class TextMutations
{
    private static readonly byte[][] Characters =
    [
        .. new[]
        {
            "\0", "\u0001", "\a", "\b", "\t", "\n", "\r", "\r\n", "\e[2J", "\e]0;x\a", "\u007F", "\u0085", "\u009B", "\u00A0", "\u00AD",
            "\u00AA", "ß", "ẞ", "İ", "ı", "ſ", "K", "Å", "Σ", "ς", "ŉ", "ǆ", "ﬁ", "é",
            "e\u0301", "\u0301", "\u0345", "\u034F", "\u0488",
            "\u061C", "\u200B", "\u200D", "\u200E", "\u202E", "\u2028", "\u2029", "\u2066", "\uFEFF", "\uFFFD", "\uFFFE", "\uFFFF",
            "\uE000", "\u1160", "\u3164", "\uFE0F", "\u0E33", "ａ", "中", "한", "가", "ᄀ", "аԁміп", "ꓮ", "Ꭺ",
            "𝐚", "😀", "👨‍👩‍👧", "🇧🇷",
            "\U000E0041", "\U000F0000", "\U0010FFFF", "“", "”",
            "\"", "\\", "'", "`", "/", "//", "@", "#", "--", "=", ":", " ", "\u3000",
        }.Select(Encoding.UTF8.GetBytes),
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE2, 0x82], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
        [0xF0, 0x80, 0x80, 0xAF], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    ];

    public static IReadOnlyList<MutationStep> All { get; } = [InsertCharacter, InsertCharacter, ReplaceByCharacter, InsertMany, SwapCase];

    private static void InsertCharacter(EditBuffer buffer, FuzzRandom random) =>
        buffer.Insert(buffer.Gap(random), random.Pick(Characters));

    private static void ReplaceByCharacter(EditBuffer buffer, FuzzRandom random)
    {
        var (at, length) = buffer.Range(random);
        buffer.Replace(at, Math.Min(length, 4), random.Pick(Characters));
    }

    private static void InsertMany(EditBuffer buffer, FuzzRandom random)
    {
        if (!random.OneIn(4)) return;
        var run = new List<byte>();
        for (var i = random.OneIn(30) ? random.Next(4_000) : random.Length(40); i > 0; i--) run.AddRange(random.Pick(Characters));
        buffer.Insert(buffer.Gap(random), run.ToArray());
    }

    private static void SwapCase(EditBuffer buffer, FuzzRandom random)
    {
        var (at, length) = buffer.Range(random);
        foreach (ref var letter in buffer.Span.Slice(at, length))
            if (char.IsAsciiLetter((char)letter)) letter ^= 0x20;
    }
}
