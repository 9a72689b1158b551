using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Protocol;

/// <summary>What a client sends: a closed set, one record a frame type. <c>docs/protocol.md</c> specifies each field.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Login), "login")]
[JsonDerivedType(typeof(Register), "register")]
[JsonDerivedType(typeof(Join), "join")]
[JsonDerivedType(typeof(Leave), "leave")]
[JsonDerivedType(typeof(Message), "message")]
[JsonDerivedType(typeof(Command), "command")]
[JsonDerivedType(typeof(Commands), "commands")]
[JsonDerivedType(typeof(Complete), "complete")]
[JsonDerivedType(typeof(History), "history")]
[JsonDerivedType(typeof(Members), "members")]
[JsonDerivedType(typeof(Ping), "ping")]
[JsonDerivedType(typeof(Logout), "logout")]
public abstract record ClientFrame
{
    private ClientFrame()
    {
    }

    /// <summary>The client's own label, at most 64 scalar values; every direct answer carries it back.</summary>
    public string? Id { get; init; }

    /// <summary>By name (a guest, or an account with its password) or by the token of an earlier <c>welcome</c>.</summary>
    /// <param name="Rooms">Rooms to join; null is the default room, empty is none.</param>
    public sealed record Login(
        string? User = null, string? Password = null, string? Token = null,
        IReadOnlyList<string>? Rooms = null, string? Client = null, string? Lang = null) : ClientFrame;

    public sealed record Register(string User, string Password, string? Invitation = null, string? Client = null, string? Lang = null) : ClientFrame;

    /// <param name="After">The last <c>seq</c> seen; <c>joined</c> then carries what came since.</param>
    public sealed record Join(string Room, long? After = null) : ClientFrame;

    public sealed record Leave(string Room) : ClientFrame;

    /// <summary>A text, or a slash-command, to either <paramref name="Room"/> or the user <paramref name="To"/>.</summary>
    public sealed record Message(string Text, string? Room = null, string? To = null) : ClientFrame;

    /// <param name="Args">Arguments by parameter name.</param>
    /// <param name="Room">Where it is issued; null outside any room.</param>
    public sealed record Command(string Name, IReadOnlyDictionary<string, JsonElement>? Args = null, string? Room = null) : ClientFrame;

    public sealed record Commands : ClientFrame;

    /// <param name="Cursor">UTF-16 index into <paramref name="Text"/>; null is its end.</param>
    public sealed record Complete(string Text, long? Cursor = null, string? Room = null) : ClientFrame;

    /// <summary>A page of a room, or of the direct conversation with a user: the oldest after <paramref name="After"/>, the newest before <paramref name="Before"/>, or the newest.</summary>
    public sealed record History(string? Room = null, string? With = null, long? After = null, long? Before = null, long? Limit = null) : ClientFrame;

    /// <param name="After">A user's name: the page begins behind it.</param>
    public sealed record Members(string Room, string? After = null) : ClientFrame;

    public sealed record Ping : ClientFrame;

    public sealed record Logout : ClientFrame;
}
