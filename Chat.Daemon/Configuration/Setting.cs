namespace Chat.Daemon.Configuration;

/// <summary>A setting as the code declares it.</summary>
/// <param name="Default">As JSON.</param>
/// <param name="Unit">Empty if it has none.</param>
/// <param name="Allowed">The range, in words that follow "must be".</param>
/// <param name="Reason">What it is for, and the reason for its default.</param>
internal sealed record Setting(
    string Key, SettingType Type, string Default, string Unit, string Allowed, string Reason, TakesEffect TakesEffect)
{
    public bool Secret => Type is SettingType.Secret;

    /// <summary>The key as documents show it; the operator chooses the names in a map.</summary>
    public string Title => Type is SettingType.Map ? Key + ":<name>" : Key;

    public string RangeInWords => Unit.Length == 0 ? Allowed : $"{Allowed} ({Unit})";

    /// <summary>Whether an entry with this full key belongs to the setting.</summary>
    public bool Owns(string key)
    {
        if (key.Equals(Key, StringComparison.OrdinalIgnoreCase))
            return Type is not SettingType.Map;
        if (!key.StartsWith(Key + ":", StringComparison.OrdinalIgnoreCase))
            return false;
        var below = key[(Key.Length + 1)..].Split(':');
        return Type switch
        {
            SettingType.List => below.Length == 1 && IsIndex(below[0]),
            SettingType.Map => below.Length == 1 || (below.Length == 2 && IsIndex(below[1])),
            _ => false,
        };
    }

    private static bool IsIndex(string text) => text.Length is > 0 and < 6 && text.All(char.IsAsciiDigit);
}
