using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Chat.Daemon.Accounts;

/// <summary>The lines of an export.</summary>
internal static class ExportLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteFirst(IBufferWriter<byte> lines, int format, string account, DateTimeOffset at) => Write(lines, json =>
    {
        json.WriteString("type", "export");
        json.WriteNumber("format", format);
        json.WriteString("account", account);
        WriteTime(json, "at", at.ToUnixTimeMilliseconds());
    });

    /// <summary>Shows that nothing is missing.</summary>
    public static void WriteLast(IBufferWriter<byte> lines, long rows) => Write(lines, json =>
    {
        json.WriteString("type", "end");
        json.WriteNumber("rows", rows);
    });

    /// <param name="row">Its columns are named as <see cref="AccountTable.Exported"/> says.</param>
    public static void Write(IBufferWriter<byte> lines, string table, DbDataReader row) => Write(lines, json =>
    {
        json.WriteString("type", table);
        for (var column = 0; column < row.FieldCount; column++)
            if (!row.IsDBNull(column)) WriteValue(json, row.GetName(column), row.GetValue(column));
    });

    private static void Write(IBufferWriter<byte> lines, Action<Utf8JsonWriter> properties)
    {
        using (var json = new Utf8JsonWriter(lines, Options))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }
        lines.Write("\n"u8);
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object value)
    {
        if (name.EndsWith('@')) WriteTime(json, name[..^1], (long)value);
        else if (name.EndsWith('?')) json.WriteBoolean(name[..^1], value is true or not (false or 0L));
        else if (name.EndsWith("{}", StringComparison.Ordinal)) WriteJson(json, name[..^2], (string)value);
        else if (value is long number) json.WriteNumber(name, number);
        else json.WriteString(name, (string)value);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long milliseconds) => json.WriteString(
        name, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    private static void WriteJson(Utf8JsonWriter json, string name, string text)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(text);
    }
}
