using System.Text.Json;
using System.Text.Unicode;

namespace Chat.Protocol;

/// <summary>
/// Reads a plain message in one pass, without the serializer. It leaves everything else, and every line that may have to be refused, to
/// <see cref="FrameReader"/>, which words the refusal.
/// </summary>
internal static class MessageReader
{
    /// <returns>Null if the line is left to the serializer.</returns>
    public static ClientFrame.Message? TryRead(ReadOnlySpan<byte> line)
    {
        if (!FrameReader.BeginsAnObject(line) || !Utf8.IsValid(line)) return null;
        try
        {
            return Read(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ClientFrame.Message? Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = ProtocolLimits.Depth });
        var isMessage = false;
        string? id = null, text = null, room = null, to = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isRead;
            if (reader.ValueIsEscaped) isRead = false;
            else if (reader.ValueTextEquals("type"u8)) isRead = !isMessage && (isMessage = IsMessage(ref reader));
            else if (reader.ValueTextEquals("text"u8)) isRead = IsText(ref reader, ref text);
            else if (reader.ValueTextEquals("room"u8)) isRead = IsText(ref reader, ref room);
            else if (reader.ValueTextEquals("id"u8)) isRead = IsText(ref reader, ref id);
            else if (reader.ValueTextEquals("to"u8)) isRead = IsText(ref reader, ref to);
            else isRead = false;
            if (!isRead) return null;
        }
        var isWhole = reader.TokenType == JsonTokenType.EndObject && !reader.Read();
        return isWhole && isMessage && text is not null && (id is null || TextRules.ScalarsIn(id) <= ProtocolLimits.IdScalars)
            ? new ClientFrame.Message(text, room, to) { Id = id }
            : null;
    }

    private static bool IsMessage(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && reader.ValueTextEquals("message"u8);

    /// <summary>Reads a string. One that is there twice, or that UTF-16 cannot hold, is left to the serializer.</summary>
    private static bool IsText(ref Utf8JsonReader reader, ref string? text)
    {
        if (text is not null || !reader.Read() || reader.TokenType != JsonTokenType.String) return false;
        if (reader.ValueIsEscaped && Surrogates.AreBroken(reader.ValueSpan)) return false;
        text = reader.GetString();
        return true;
    }
}
