using System.Diagnostics.CodeAnalysis;

namespace Chat.Protocol;

/// <summary>The name of a room, in NFC. Names that differ only in case are equal.</summary>
public sealed class RoomName : IEquatable<RoomName>
{
    private string? lookKey;

    private RoomName(string text) => (Text, Key) = (text, NameRules.KeyOf(text));

    /// <summary>As the creator of the room wrote it.</summary>
    public string Text { get; }

    /// <summary>For comparisons: equal for equal names.</summary>
    public string Key { get; }

    /// <summary>Equal for names that look alike, such as <c>geral</c> and <c>ɡeral</c>.</summary>
    public string LookKey => lookKey ??= LookAlikes.KeyOf(Key);

    /// <summary>Whether it is a user name that is reserved, or looks like one.</summary>
    public bool LooksReserved => UserName.LooksLikeReserved(LookKey);

    /// <summary>False for a name that only earlier versions allowed.</summary>
    public bool IsValidForNew => NameRules.IsValidForNew(Text);

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
