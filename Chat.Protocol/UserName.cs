using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Chat.Protocol;

/// <summary>A user's name in NFC; two are equal where they differ in case only.</summary>
public sealed class UserName : IEquatable<UserName>
{
    /// <summary>Names that no guest may carry and nobody may register, but for <c>admin</c>, which is an account.</summary>
    private static readonly FrozenSet<string> ReservedKeys = FrozenSet.Create("admin", "sistema", "system", "daemon", "todos", "all");

    private UserName(string text) => (Text, Key) = (text, NameRules.KeyOf(text));

    /// <summary>As its bearer writes it.</summary>
    public string Text { get; }

    /// <summary>What it is compared by.</summary>
    public string Key { get; }

    public bool IsReserved => ReservedKeys.Contains(Key);

    public static bool TryParse([NotNullWhen(true)] string? name, [NotNullWhen(true)] out UserName? parsed)
    {
        parsed = NameRules.Normalize(name) is { } text ? new UserName(text) : null;
        return parsed is not null;
    }

    public bool Equals(UserName? other) => other is not null && Key == other.Key;

    public override bool Equals(object? obj) => Equals(obj as UserName);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
