using System.Buffers;
using System.Globalization;
using System.Text;

namespace Chat.Daemon.Diagnostics;

/// <summary>
/// Makes text safe for a terminal and for one line of a log: writes characters that could break the line, move the cursor or change the
/// reading direction as <c>\uXXXX</c>.
/// </summary>
internal static class Printable
{
    public static string Escape(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (IsUnsafe(text.AsSpan(at), out var length))
                return EscapeFrom(text, at);
            at += length;
        }
        return text;
    }

    private static string EscapeFrom(string text, int at)
    {
        var safe = new StringBuilder(text, 0, at, text.Length + 16);
        while (at < text.Length)
        {
            var isUnsafe = IsUnsafe(text.AsSpan(at), out var length);
            foreach (var unit in text.AsSpan(at, length))
                _ = isUnsafe ? safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}") : safe.Append(unit);
            at += length;
        }
        return safe.ToString();
    }

    // A lone surrogate is unsafe too: encoders replace it differently.
    private static bool IsUnsafe(ReadOnlySpan<char> text, out int length) =>
        Rune.DecodeFromUtf16(text, out var rune, out length) is not OperationStatus.Done || Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
