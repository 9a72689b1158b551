using System.Text.Json.Serialization;

namespace Chat.LoadTest.Workers;

/// <summary>A worker's share of the run. User <c>n</c> is in room <c>n</c> modulo <paramref name="Rooms"/>.</summary>
/// <param name="Run">Part of every name and text, so that a run ignores the messages of another.</param>
/// <param name="First">Number of this worker's first user.</param>
/// <param name="Count">How many users this worker has, of all <paramref name="Users"/>.</param>
internal sealed record WorkPlan(
    string Run,
    string Host,
    int Port,
    bool Tls,
    string? Ca,
    int First,
    int Count,
    int Users,
    int Rooms,
    int Warmup,
    int Seconds,
    double Rate,
    int Payload)
{
    /// <summary>The most users that a room has.</summary>
    [JsonIgnore]
    public int Slots => (Users + Rooms - 1) / Rooms;

    public string RoomOf(int user) => $"load-{Run}-{user % Rooms}";

    public string NameOf(int user) => $"load-{Run}-{user}";
}
