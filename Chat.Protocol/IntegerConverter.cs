using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Protocol;

/// <summary>Saturates an integer too large for 64 bits, so that the range check refuses it instead of the parser.</summary>
internal sealed class IntegerConverter : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number) throw new JsonException("not a number");
        if (reader.TryGetInt64(out var value)) return value;
        var digits = reader.HasValueSequence ? [] : reader.ValueSpan;
        var negative = digits.StartsWith("-"u8);
        if (negative) digits = digits[1..];
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')) throw new JsonException("not an integer");
        return negative ? long.MinValue : long.MaxValue;
    }

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
