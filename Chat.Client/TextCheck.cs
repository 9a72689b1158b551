using System.Text;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>Refuses texts that the daemon would refuse without naming the message.</summary>
internal static class TextCheck
{
    public static Refusal? Refuse(string text)
    {
        if (!IsWellFormed(text)) return new(RefusalCode.BadFrame, "The text contains half of a surrogate pair.");
        if (TextRules.HasForbiddenControl(text))
            return new(RefusalCode.BadFrame, "The text contains a control character other than a line break or a tab.");
        return TextRules.CodeFor(text) switch
        {
            null => null,
            RefusalCode.TextEmpty => new(RefusalCode.TextEmpty, "The text is empty."),
            var code => new(code, $"A text can have at most {ProtocolLimits.TextScalars} characters."),
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
