using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Chat.Protocol;

/// <summary>The name of a user, in NFC. Names that differ only in case are equal.</summary>
public sealed class UserName : IEquatable<UserName>
{
    /// <summary>Names that guests cannot use and nobody can register. The account <c>admin</c> exists from the start.</summary>
    private static readonly FrozenSet<string> ReservedKeys = FrozenSet.Create("admin", "sistema", "system", "daemon", "todos", "all");

    private UserName(string text) => (Text, Key) = (text, NameRules.KeyOf(text));

    /// <summary>As the user writes it.</summary>
    public string Text { get; }

    /// <summary>For comparisons: equal for equal names.</summary>
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
