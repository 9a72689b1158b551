using Chat.Protocol;

namespace Chat.Client;

/// <summary>What one can write to: a room, or the direct conversation with a user. Equal where the daemon takes the names for one.</summary>
public sealed class Conversation : IEquatable<Conversation>
{
    private readonly string key;

    private Conversation(string name, bool isDirect, string? key) => (Name, IsDirect, this.key) = (name, isDirect, key ?? name);

    /// <summary>The room's or the other user's name.</summary>
    public string Name { get; }

    public bool IsDirect { get; }

    public static Conversation Room(string name) => new(name, false, RoomName.TryParse(name, out var parsed) ? parsed.Key : null);

    public static Conversation With(string user) => new(user, true, UserName.TryParse(user, out var parsed) ? parsed.Key : null);

    public bool Equals(Conversation? other) => other is not null && IsDirect == other.IsDirect && key == other.key;

    public override bool Equals(object? obj) => Equals(obj as Conversation);

    public override int GetHashCode() => HashCode.Combine(key, IsDirect);

    public override string ToString() => IsDirect ? $"@{Name}" : $"#{Name}";

    /// <summary>Where a message belongs, seen by <paramref name="me"/>.</summary>
    internal static Conversation Of(DaemonFrame.Message message, Conversation me) =>
        message.Room is { } room ? Room(room) : With(message.From) is var other && other.Equals(me) ? With(message.To ?? message.From) : other;
}
