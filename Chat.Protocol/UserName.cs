using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Chat.Protocol;

/// <summary>The name of a user, in NFC. Names that differ only in case are equal.</summary>
public sealed class UserName : IEquatable<UserName>
{
    /// <summary>Names that guests cannot use and nobody can register. The account <c>admin</c> exists from the start.</summary>
    private static readonly FrozenSet<string> ReservedKeys = FrozenSet.Create("admin", "sistema", "system", "daemon", "todos", "all");

    private static readonly Lazy<FrozenSet<string>> ReservedLookKeys = new(() => ReservedKeys.Select(LookAlikes.KeyOf).ToFrozenSet());

    private string? lookKey;

    private UserName(string text) => (Text, Key) = (text, NameRules.KeyOf(text));

    /// <summary>As the user writes it.</summary>
    public string Text { get; }

    /// <summary>For comparisons: equal for equal names.</summary>
    public string Key { get; }

    /// <summary>Equal for names that look alike, such as <c>admin</c> and <c>admın</c>.</summary>
    public string LookKey => lookKey ??= LookAlikes.KeyOf(Key);

    public bool IsReserved => ReservedKeys.Contains(Key);

    /// <summary>Whether it is a reserved name, or looks like one.</summary>
    public bool LooksReserved => LooksLikeReserved(LookKey);

    /// <summary>False for a name that only earlier versions allowed.</summary>
    public bool IsValidForNew => NameRules.IsValidForNew(Text);

    public static bool TryParse([NotNullWhen(true)] string? name, [NotNullWhen(true)] out UserName? parsed)
    {
        parsed = NameRules.Normalize(name) is { } text ? new UserName(text) : null;
        return parsed is not null;
    }

    public bool Equals(UserName? other) => other is not null && Key == other.Key;

    public override bool Equals(object? obj) => Equals(obj as UserName);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    internal static bool LooksLikeReserved(string lookKey) => ReservedLookKeys.Value.Contains(lookKey);
}
