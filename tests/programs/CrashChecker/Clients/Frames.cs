using System.Text.Json;
using System.Text.Json.Nodes;
using CrashChecker.Judging;

namespace CrashChecker.Clients;

/// <summary>Frames to and from JSON.</summary>
internal static class Frames
{
    public static JsonObject Of(string type, params ReadOnlySpan<(string Name, JsonNode? Value)> fields)
    {
        var frame = new JsonObject { ["type"] = type };
        foreach (var (name, value) in fields) frame[name] = value;
        return frame;
    }

    public static View View(JsonElement message) => new(
        message.GetProperty("seq").GetInt64(),
        message.GetProperty("from").GetString()!,
        message.GetProperty("text").GetString()!,
        message.GetProperty("at").GetString()!);

    public static IReadOnlyList<View> Views(JsonElement list) => [.. list.GetProperty("messages").EnumerateArray().Select(View)];

    public static bool IsError(JsonElement frame) => frame.GetProperty("type").ValueEquals("error");

    public static string Code(JsonElement error) => error.GetProperty("code").GetString()!;
}
