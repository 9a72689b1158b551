using System.Text.Json.Nodes;

namespace CrashChecker.Clients;

/// <summary>A message to send, as often as it takes.</summary>
internal sealed record Outgoing(Place Place, string Id, string Text)
{
    public JsonObject Frame => new() { ["type"] = "message", [Place.IsRoom ? "room" : "to"] = Place.Name, ["text"] = Text, ["id"] = Id };
}
