using System.Text;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>Refuses here what the daemon would refuse without being able to name the message.</summary>
internal static class TextCheck
{
    public static Refusal? Refuse(string text)
    {
        if (!IsWellFormed(text)) return new(RefusalCode.BadFrame, "The text holds half of a surrogate pair.");
        if (TextRules.HasForbiddenControl(text)) return new(RefusalCode.BadFrame, "A text may hold line breaks and tabs, but no other control characters.");
        return TextRules.CodeFor(text) switch
        {
            null => null,
            RefusalCode.TextEmpty => new(RefusalCode.TextEmpty, "There is no text."),
            var code => new(code, $"A text has at most {ProtocolLimits.TextScalars} characters."),
        };
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != System.Buffers.OperationStatus.Done) return false;
            text = text[length..];
        }
        return true;
    }
}
