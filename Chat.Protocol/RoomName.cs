using System.Diagnostics.CodeAnalysis;

namespace Chat.Protocol;

/// <summary>A room's name in NFC; two are equal where they differ in case only.</summary>
public sealed class RoomName : IEquatable<RoomName>
{
    private RoomName(string text) => (Text, Key) = (text, NameRules.KeyOf(text));

    /// <summary>As whoever created the room wrote it.</summary>
    public string Text { get; }

    /// <summary>What it is compared by.</summary>
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
