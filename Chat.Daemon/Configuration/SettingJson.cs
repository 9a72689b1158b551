using System.Text.Encodings.Web;
using System.Text.Json;

namespace Chat.Daemon.Configuration;

/// <summary>Writes defaults as JSON for people.</summary>
internal static class SettingJson
{
    // Not part of a web page: letters need no escapes.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Plain);
}
