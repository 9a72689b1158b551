using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrashChecker.Clients;

/// <summary>A conversation as one client addresses it.</summary>
/// <param name="Name">The room, or the other user.</param>
/// <param name="Key">The same for everybody in it.</param>
internal sealed record Place(bool IsRoom, string Name, string Key)
{
    public static Place Room(string name) => new(true, name, $"room:{name}");

    public static Place Direct(string self, string other) =>
        new(false, other, string.CompareOrdinal(self, other) < 0 ? $"direct:{self},{other}" : $"direct:{other},{self}");

    /// <summary>A conversation by its key, as <paramref name="self"/> addresses it.</summary>
    public static Place Of(string key, string self)
    {
        var name = key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (key.StartsWith("room:", StringComparison.Ordinal)) return Room(name);
        var users = name.Split(',');
        return Direct(self, users[0] == self ? users[1] : users[0]);
    }

    /// <summary>The conversation of a <c>message</c> frame.</summary>
    public static string KeyOf(JsonElement message) => message.TryGetProperty("room", out var room)
        ? Room(room.GetString()!).Key
        : Direct(message.GetProperty("from").GetString()!, message.GetProperty("to").GetString()!).Key;

    public JsonObject Changes(long rev) =>
        new() { ["type"] = "changes", [IsRoom ? "room" : "with"] = Name, ["rev"] = rev, ["limit"] = 500 };

    public JsonObject History(long after) =>
        new() { ["type"] = "history", [IsRoom ? "room" : "with"] = Name, ["after"] = after, ["limit"] = 500 };
}
