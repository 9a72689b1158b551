using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Chat.Protocol;

/// <summary>
/// Escapes only what JSON requires: the quote, the backslash and controls below U+0020.
/// The framework's most relaxed encoder still writes emoji as two <c>\u</c> escapes, twelve bytes for four.
/// </summary>
internal sealed class MinimalJsonEncoder : JavaScriptEncoder
{
    public static readonly MinimalJsonEncoder Instance = new();

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);
    private static readonly SearchValues<byte> EscapedBytes =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public static bool Escapes(ReadOnlySpan<char> text) => text.ContainsAny(Escaped);

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    /// <summary>Finds lone surrogates too: the writer would silently drop the text after one.</summary>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var all = new ReadOnlySpan<char>(text, textLength);
        var escaped = all.IndexOfAny(Escaped);
        var broken = Surrogates.IndexOfBroken(escaped < 0 ? all : all[..escaped]);
        return broken < 0 ? escaped : broken;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) => utf8Text.IndexOfAny(EscapedBytes);

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        // the replacement of a lone surrogate
        if (!WillEncode(unicodeScalar)) return new Rune(unicodeScalar).TryEncodeToUtf16(output, out numberOfCharactersWritten);
        var letter = unicodeScalar switch
        {
            '"' => '"',
            '\\' => '\\',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\b' => 'b',
            '\f' => 'f',
            _ =>
            '\0'
        };
        if (letter == '\0') return output.TryWrite($"\\u{unicodeScalar:x4}", out numberOfCharactersWritten);
        numberOfCharactersWritten = 0;
        if (bufferLength < 2) return false;
        (output[0], output[1]) = ('\\', letter);
        numberOfCharactersWritten = 2;
        return true;
    }
}
