using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Protocol;

/// <summary>Frames from client to daemon: a closed set, one record for each type. <c>docs/protocol.md</c> specifies the fields.</summary>
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

    /// <summary>Chosen by the client, at most 64 scalar values. Direct answers repeat it.</summary>
    public string? Id { get; init; }

    /// <summary>By name (a guest, or an account with a password) or by the token from an earlier <c>welcome</c>.</summary>
    /// <param name="Rooms">Rooms to join; null for the default room, empty for none.</param>
    public sealed record Login(
        string? User = null, string? Password = null, string? Token = null,
        IReadOnlyList<string>? Rooms = null, string? Client = null, string? Lang = null) : ClientFrame;

    public sealed record Register(string User, string Password, string? Invitation = null, string? Client = null, string? Lang = null)
        : ClientFrame;

    /// <param name="After">The last <c>seq</c> seen; <c>joined</c> then contains later messages.</param>
    public sealed record Join(string Room, long? After = null) : ClientFrame;

    public sealed record Leave(string Room) : ClientFrame;

    /// <summary>A text, or a slash-command, to either <paramref name="Room"/> or the user <paramref name="To"/>.</summary>
    public sealed record Message(string Text, string? Room = null, string? To = null) : ClientFrame;

    /// <param name="Args">Arguments by parameter name.</param>
    /// <param name="Room">The room to run it in; null for none.</param>
    public sealed record Command(string Name, IReadOnlyDictionary<string, JsonElement>? Args = null, string? Room = null) : ClientFrame;

    public sealed record Commands : ClientFrame;

    /// <param name="Cursor">UTF-16 index into <paramref name="Text"/>; null for its end.</param>
    public sealed record Complete(string Text, long? Cursor = null, string? Room = null) : ClientFrame;

    /// <summary>
    /// A page of a room or of a direct conversation: the first messages after <paramref name="After"/>, the last ones before
    /// <paramref name="Before"/>, or the last ones of all.
    /// </summary>
    public sealed record History(string? Room = null, string? With = null, long? After = null, long? Before = null, long? Limit = null)
        : ClientFrame;

    /// <param name="After">The last name of the page before; null for the first page.</param>
    public sealed record Members(string Room, string? After = null) : ClientFrame;

    public sealed record Ping : ClientFrame;

    public sealed record Logout : ClientFrame;
}
