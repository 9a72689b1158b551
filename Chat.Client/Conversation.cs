using Chat.Protocol;

namespace Chat.Client;

/// <summary>A room, or the direct conversation with a user. Names that the daemon considers equal make equal conversations.</summary>
public sealed class Conversation : IEquatable<Conversation>
{
    private readonly string key;

    private Conversation(string name, bool isDirect, string? key) => (Name, IsDirect, this.key) = (name, isDirect, key ?? name);

    /// <summary>Name of the room or of the other user.</summary>
    public string Name { get; }

    public bool IsDirect { get; }

    /// <summary>The <c>room</c> field of a frame; null for a direct conversation.</summary>
    internal string? RoomName => IsDirect ? null : Name;

    /// <summary>The <c>to</c> or <c>with</c> field of a frame; null for a room.</summary>
    internal string? UserName => IsDirect ? Name : null;

    public static Conversation Room(string name) => new(name, false, Protocol.RoomName.TryParse(name, out var parsed) ? parsed.Key : null);

    public static Conversation With(string user) => new(user, true, Protocol.UserName.TryParse(user, out var parsed) ? parsed.Key : null);

    public static bool operator ==(Conversation? one, Conversation? other) => one is null ? other is null : one.Equals(other);

    public static bool operator !=(Conversation? one, Conversation? other) => !(one == other);

    public bool Equals(Conversation? other) => other is not null && IsDirect == other.IsDirect && key == other.key;

    public override bool Equals(object? obj) => Equals(obj as Conversation);

    public override int GetHashCode() => HashCode.Combine(key, IsDirect);

    public override string ToString() => IsDirect ? $"@{Name}" : $"#{Name}";

    /// <summary>The conversation of a message, as the user <paramref name="me"/> sees it.</summary>
    internal static Conversation Of(DaemonFrame.Message message, Conversation me) => Of(message.Room, message.From, message.To, me);

    /// <inheritdoc cref="Of(DaemonFrame.Message, Conversation)"/>
    internal static Conversation Of(DaemonFrame.Change change, Conversation me) => Of(change.Room, change.From, change.To, me);

    private static Conversation Of(string? room, string from, string? to, Conversation me) =>
        room is not null ? Room(room)
        : With(from) is var other && other.Equals(me) ? With(to ?? from)
        : other;
}
