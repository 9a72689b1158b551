using System.Text.Encodings.Web;
using System.Text.Json;

namespace Chat.Daemon.Configuration;

internal static class SettingJson
{
    // The file is read by people and is no part of a web page: letters stay letters.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Plain);
}
