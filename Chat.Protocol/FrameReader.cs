using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Chat.Protocol;

/// <summary>Parses a line into a frame. Never throws, whatever the line contains. Thread-safe.</summary>
public static class FrameReader
{
    private static readonly FrozenDictionary<string,
        JsonTypeInfo> ClientTypes = TypesOf(ClientFrameJson.Default.ClientFrame, ClientFrameJson.Default);
    private static readonly FrozenDictionary<string,
        JsonTypeInfo> DaemonTypes = TypesOf(DaemonFrameJson.Default.DaemonFrame, DaemonFrameJson.Default);

    public static FrameResult<ClientFrame> ReadClient(in ReadOnlySequence<byte> line)
    {
        var result = line.IsSingleSegment && MessageReader.TryRead(line.FirstSpan) is { } message
            ? new FrameResult<ClientFrame>(message, null, null, message.Id)
            : Read<ClientFrame>(line, ClientTypes);
        return result.Frame is { } frame && FrameRules.WrongWith(frame) is { } reason ? Bad<ClientFrame>(reason, frame.Id) : result;
    }

    public static FrameResult<DaemonFrame> ReadDaemon(in ReadOnlySequence<byte> line)
    {
        var result = Read<DaemonFrame>(line, DaemonTypes);
        return result.Frame is { } frame && FrameRules.WrongWith(frame) is { } reason ? Bad<DaemonFrame>(reason, frame.Id) : result;
    }

    private static FrameResult<T> Read<T>(in ReadOnlySequence<byte> line, FrozenDictionary<string, JsonTypeInfo> types) where T : class
    {
        if (line.IsSingleSegment) return Read<T>(line.FirstSpan, types);
        var rented = ArrayPool<byte>.Shared.Rent((int)line.Length);
        line.CopyTo(rented);
        var result = Read<T>(rented.AsSpan(0, (int)line.Length), types);
        ArrayPool<byte>.Shared.Return(rented, clearArray: true); // it may have contained a password
        return result;
    }

    private static FrameResult<T> Read<T>(ReadOnlySpan<byte> line, FrozenDictionary<string, JsonTypeInfo> types) where T : class
    {
        if (!Utf8.IsValid(line)) return Bad<T>("The line is not valid UTF-8.", null);
        if (!BeginsAnObject(line)) return Bad<T>("A frame is one JSON object per line.", null);
        string? id = null;
        JsonTypeInfo? json = null;
        try
        {
            if (Head.Scan(line, types, out var head) is { } reason) return Bad<T>(reason, head.Id);
            id = head.Id;
            if (head.Json is null) return new(null, RefusalCode.UnknownType, "This daemon does not know that frame type.", id);
            json = head.Json;
            return new((T?)JsonSerializer.Deserialize(line, json), null, null, id);
        }
        catch (JsonException e)
        {
            return Bad<T>(Describe(e, json), id);
        }
    }

    /// <summary>
    /// Refuses what is no JSON at all, such as empty lines, without an exception: that would take some 2 KB each.
    /// </summary>
    internal static bool BeginsAnObject(ReadOnlySpan<byte> line)
    {
        var first = line.IndexOfAnyExcept(" \t\r\n"u8);
        return first >= 0 && line[first] == (byte)'{';
    }

    /// <summary>Never uses the exception's message, which may quote the line. Its path has only field names and indexes.</summary>
    private static string Describe(JsonException e, JsonTypeInfo? json) => e.Path switch
    {
        "$" when json is not null => $"A frame of this type needs: {string.Join(", ", RequiredFields(json))}.",
        { Length: > 2 and < 40 } path when path.All(IsOfPath) => $"The field {path[2..]} is missing or of the wrong type.",
        _ => "The line is not one well-formed JSON object with the fields of its type.",
    };

    private static IEnumerable<string> RequiredFields(JsonTypeInfo json) =>
        json.Properties.Where(p => p.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false }).Select(p => p.Name);

    private static bool IsOfPath(char c) => c is '$' or '.' or '_' or '[' or ']' || char.IsAsciiLetterOrDigit(c);

    private static FrameResult<T> Bad<T>(string reason, string? id) where T : class => new(null, RefusalCode.BadFrame, reason, id);

    private static FrozenDictionary<string,
        JsonTypeInfo> TypesOf(JsonTypeInfo root, System.Text.Json.Serialization.JsonSerializerContext context) =>
        root.PolymorphismOptions!.DerivedTypes.ToFrozenDictionary(d => (string)d.TypeDiscriminator!, d =>
            context.GetTypeInfo(d.DerivedType)!);

    /// <summary>The type and id of a line, read before the frame itself.</summary>
    private ref struct Head
    {
        public JsonTypeInfo? Json;
        public string? Id;

        /// <summary>The reason to refuse the line; null if it is an object with a type, a valid id and well-formed strings.</summary>
        public static string? Scan(ReadOnlySpan<byte> line, FrozenDictionary<string, JsonTypeInfo> types, out Head head)
        {
            head = default;
            string? type = null;
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = ProtocolLimits.Depth });
            reader.Read(); // the start of the object
            while (reader.Read())
            {
                if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String)) continue;
                if (reader.ValueIsEscaped && Surrogates.AreBroken(reader.ValueSpan)) return "A string contains half of a surrogate pair.";
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
                if (reader.ValueTextEquals("type"u8))
                {
                    if (!reader.Read() || reader.TokenType != JsonTokenType.String || Surrogates.AreBroken(reader.ValueSpan))
                        return "The field type must be a string.";
                    type = reader.GetString();
                }
                else if (reader.ValueTextEquals("id"u8))
                {
                    if (!reader.Read() || reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null)
                        || Surrogates.AreBroken(reader.ValueSpan))
                    {
                        return "The field id must be a string.";
                    }

                    head.Id = reader.GetString();
                    if (head.Id is not null && TextRules.ScalarsIn(head.Id) > ProtocolLimits.IdScalars)
                    {
                        head.Id = null;
                        return $"The field id can have at most {ProtocolLimits.IdScalars} characters.";
                    }
                }
            }
            if (type is null) return "The field type is missing.";
            types.TryGetValue(type, out head.Json);
            return null;
        }
    }
}
