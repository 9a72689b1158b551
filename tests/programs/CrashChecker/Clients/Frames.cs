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
        message.GetProperty("at").GetString()!,
        message.TryGetProperty("erased", out var erased) && erased.GetBoolean(),
        RevOf(message) ?? 0,
        message.TryGetProperty("reactions", out var reactions)
            ? Judging.View.ReactionsOf(reactions.EnumerateArray().Select(Reaction))
            : "");

    public static IReadOnlyList<View> Views(JsonElement list) => [.. list.GetProperty("messages").EnumerateArray().Select(View)];

    public static long? RevOf(JsonElement frame) => frame.TryGetProperty("rev", out var rev) ? rev.GetInt64() : null;

    public static Change Change(JsonElement change) => new(
        Enum.Parse<ChangeKind>(change.GetProperty("kind").GetString()!, ignoreCase: true),
        change.GetProperty("seq").GetInt64(),
        change.TryGetProperty("text", out var content) || change.TryGetProperty("emoji", out content) ? content.GetString()! : "");

    public static bool IsError(JsonElement frame) => frame.GetProperty("type").ValueEquals("error");

    public static string Code(JsonElement error) => error.GetProperty("code").GetString()!;

    private static (string Emoji, int Count) Reaction(JsonElement reaction) =>
        (reaction.GetProperty("emoji").GetString()!, reaction.GetProperty("count").GetInt32());
}
