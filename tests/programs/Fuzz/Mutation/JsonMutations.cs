using System.Globalization;
using System.Text;

namespace Fuzz.Mutation;

/// <summary>Changes that keep most of the JSON intact: its tokens are replaced, nested, repeated and written in another way.</summary>
internal static class JsonMutations
{
    private static readonly byte[][] Values =
    [
        .. new[]
        {
            "null", "true", "false", "0", "-0", "-1", "1", "64", "500", "501", "2147483647", "2147483648", "-2147483649",
            "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e400", "1E5", "1.0", "1.5", "-1e-400", "01", "+1",
            "0x10", "NaN", "Infinity", "\"\"", "\"a\"", "\"\\u0000\"", "\"\\ud83d\"", "\"\\ude00\"", "\"\\ud83d\\ude00\"",
            "\"\\ude00\\ud83d\"", "\"\\uD83D\\u0041\"", "\"\\x\"", "\"\\u12\"", "\"\n\"", "[]", "{}", "[null]", "[[]]", "[1,\"a\",null]",
            "{\"a\":1}", "{\"\":null}", "{\"type\":\"ping\"}", "\"2026-03-01T12:00:00.250Z\"", "\"0001-01-01T00:00:00.000Z\"",
            "\"9999-12-31T23:59:59.999Z\"", "\"2026-02-30T00:00:00Z\"", "\"2026-01-01T00:00:00+14:00\"", "/*c*/", "//c\n", ",", ":", "\"",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public static IReadOnlyList<MutationStep> All { get; } =
        [ReplaceToken, ReplaceToken, ReplaceToken, RemoveToken, RepeatToken, SwapTokens, Nest, Escape, LongNumber];

    private static void ReplaceToken(EditBuffer buffer, FuzzRandom random)
    {
        var (at, length) = Token(buffer, random);
        buffer.Replace(at, length, random.Pick(Values));
    }

    private static void RemoveToken(EditBuffer buffer, FuzzRandom random)
    {
        var (at, length) = Token(buffer, random);
        buffer.Replace(at, length, []);
    }

    private static void RepeatToken(EditBuffer buffer, FuzzRandom random)
    {
        var (at, length) = Token(buffer, random);
        byte[] token = [.. buffer.Span.Slice(at, length), (byte)','];
        buffer.Insert(at, EditBuffer.Repeated(token, random.OneIn(30) ? random.Next(8_000) : random.Length(8)));
    }

    private static void SwapTokens(EditBuffer buffer, FuzzRandom random)
    {
        var (first, length) = Token(buffer, random);
        var token = buffer.Span.Slice(first, length).ToArray();
        var (second, other) = Token(buffer, random);
        var replaced = buffer.Span.Slice(second, other).ToArray();
        buffer.Replace(second, other, token);
        if (second > first) buffer.Replace(first, length, replaced);
    }

    /// <summary>Arrays or objects around a token, mostly around the limit of depth.</summary>
    private static void Nest(EditBuffer buffer, FuzzRandom random)
    {
        var (at, length) = Token(buffer, random);
        var depth = random.OneIn(10) ? 6_000 : random.Length(20);
        var isArray = random.OneIn(2);
        buffer.Insert(at + length, EditBuffer.Repeated(isArray ? "]"u8 : "}"u8, depth));
        buffer.Insert(at, EditBuffer.Repeated(isArray ? "["u8 : "{\"a\":"u8, depth));
    }

    /// <summary>Writes a character as an escape.</summary>
    private static void Escape(EditBuffer buffer, FuzzRandom random)
    {
        if (buffer.Length == 0) return;
        var at = random.Next(buffer.Length);
        buffer.Replace(at, 1, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{buffer.Span[at]:x4}")));
    }

    private static void LongNumber(EditBuffer buffer, FuzzRandom random)
    {
        var digits = new byte[random.OneIn(20) ? random.Next(16_000) : random.Length(60)];
        foreach (ref var digit in digits.AsSpan()) digit = (byte)('0' + random.Next(10));
        var (at, length) = Token(buffer, random);
        buffer.Replace(at, length, digits);
    }

    /// <summary>A string, a word or a mark near a random place; approximate, because the text may be broken already.</summary>
    private static (int At, int Length) Token(EditBuffer buffer, FuzzRandom random)
    {
        if (buffer.Length == 0) return (0, 0);
        var text = buffer.Span;
        var at = random.Next(text.Length);
        if (IsMark(text[at])) return (at, 1);
        var from = at;
        while (from > 0 && !IsMark(text[from - 1])) from--;
        var to = at + 1;
        while (to < text.Length && !IsMark(text[to])) to++;
        return (from, to - from);
    }

    private static bool IsMark(byte c) => c is (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)',' or (byte)':' or (byte)'\n';
}
