using System.Diagnostics.CodeAnalysis;

namespace Chat.Protocol;

/// <summary>The name of a room, in NFC. Names that differ only in case are equal.</summary>
public sealed class RoomName : IEquatable<RoomName>
{
    private RoomName(string text) => (Text, Key) = (text, NameRules.KeyOf(text));

    /// <summary>As the creator of the room wrote it.</summary>
    public string Text { get; }

    /// <summary>For comparisons: equal for equal names.</summary>
    public string Key { get; }

    public static bool TryParse([NotNullWhen(true)] string? name, [NotNullWhen(true)] out RoomName? parsed)
    {
        parsed = NameRules.Normalize(name) is { } text ? new RoomName(text) : null;
        return parsed is not null;
    }

    public bool Equals(RoomName? other) => other is not null && Key == other.Key;

    public override bool Equals(object? obj) => Equals(obj as RoomName);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
