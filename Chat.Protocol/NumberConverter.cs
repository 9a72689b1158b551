using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Protocol;

/// <summary>Refuses a number that is too large for a double: it would be read as infinite, which JSON cannot express.</summary>
internal sealed class NumberConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number) throw new JsonException("not a number");
        return reader.TryGetDouble(out var value) && double.IsFinite(value) ? value : throw new JsonException("too large");
    }

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
