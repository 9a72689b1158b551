using System.Text.Json;

namespace Chat.Cli.Configuration;

/// <summary>A value of the configuration file, with the line that it is on.</summary>
/// <param name="Name">Of the setting; empty for an element of a list, and for the whole file.</param>
/// <param name="Text">Of a text; null for other values.</param>
/// <param name="Children">Elements of a list, or settings of a group.</param>
internal sealed record ConfigNode(string Name, int Line, JsonTokenType Type, string? Text, IReadOnlyList<ConfigNode> Children)
{
    private static readonly JsonReaderOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 8,
    };

    /// <exception cref="JsonException">It is not JSON; says on which line, counted from 0.</exception>
    public static ConfigNode Parse(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("\uFEFF"u8)) file = file[3..];
        var reader = new Utf8JsonReader(file, Options);
        reader.Read();
        var root = Value("", file, ref reader);
        reader.Read(); // nothing may follow
        return root;
    }

    private static ConfigNode Value(string name, ReadOnlySpan<byte> file, ref Utf8JsonReader reader)
    {
        var (type, line) = (reader.TokenType, LineAt(file, reader.TokenStartIndex));
        var text = type is JsonTokenType.String ? Unescaped(line, ref reader) : null;
        var children = new List<ConfigNode>();
        if (type is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return new(name, line, type, text, children);
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            var child = "";
            if (reader.TokenType is JsonTokenType.PropertyName)
            {
                child = Unescaped(LineAt(file, reader.TokenStartIndex), ref reader);
                reader.Read();
            }
            children.Add(Value(child, file, ref reader));
        }
        return new(name, line, type, text, children);
    }

    /// <summary>A text may contain bytes that are not UTF-8, or half a character.</summary>
    private static string Unescaped(int line, ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException(e.Message, null, line - 1, null, e);
        }
    }

    private static int LineAt(ReadOnlySpan<byte> file, long index) => file[..(int)index].Count((byte)'\n') + 1;
}
