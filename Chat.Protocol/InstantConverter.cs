using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Protocol;

/// <summary>RFC 3339 in UTC with milliseconds, always 24 characters.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public const int Length = 24;

    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[Length];
        value.UtcDateTime.TryFormat(text, out var written, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..written]);
    }
}
