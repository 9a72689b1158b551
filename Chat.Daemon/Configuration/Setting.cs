namespace Chat.Daemon.Configuration;

internal enum SettingShape
{
    One,
    Secret,
    List,
    Map,
}

/// <summary>When a change in a file takes effect.</summary>
internal enum Takes
{
    AtOnce,
    AtStart,
}

/// <summary>One setting as the code declares it.</summary>
/// <param name="Default">As JSON.</param>
/// <param name="Unit">Empty where a value has none.</param>
/// <param name="Allowed">The range, in words that follow "must be".</param>
/// <param name="Reason">What it is for and why the default is what it is.</param>
internal sealed record Setting(string Key, SettingShape Shape, string Default, string Unit, string Allowed, string Reason, Takes Takes)
{
    public bool Secret => Shape is SettingShape.Secret;

    /// <summary>The key as documents show it: a map's children have names of the operator's choice.</summary>
    public string Title => Shape is SettingShape.Map ? Key + ":<name>" : Key;

    public string RangeInWords => Unit.Length == 0 ? Allowed : $"{Allowed} ({Unit})";

    /// <summary>Whether an entry of this full key belongs to the setting.</summary>
    public bool Owns(string key)
    {
        if (key.Equals(Key, StringComparison.OrdinalIgnoreCase))
            return Shape is not SettingShape.Map;
        if (!key.StartsWith(Key + ":", StringComparison.OrdinalIgnoreCase))
            return false;
        var below = key[(Key.Length + 1)..].Split(':');
        return Shape switch
        {
            SettingShape.List => below.Length == 1 && IsIndex(below[0]),
            SettingShape.Map => below.Length == 1 || (below.Length == 2 && IsIndex(below[1])),
            _ => false,
        };
    }

    private static bool IsIndex(string text) => text.Length is > 0 and < 6 && text.All(char.IsAsciiDigit);
}

/// <summary>What a setting is in this process, and which source said so.</summary>
/// <param name="Key">The setting's own, or that of a map's child.</param>
/// <param name="Texts">One, or the entries of a list.</param>
internal sealed record SettingValue(Setting Setting, string Key, IReadOnlyList<string> Texts, string Source)
{
    private bool IsList => Setting.Shape is SettingShape.List or SettingShape.Map;

    /// <summary>For people; a secret stays one.</summary>
    public string Shown => IsList ? SettingJson.Of(Texts) : Setting.Secret && Texts[0].Length > 0 ? "***" : Texts[0];

    /// <summary>The value as entries of a layer that sets it again.</summary>
    public IEnumerable<KeyValuePair<string, string>> Entries => IsList && Texts.Count > 0
        ? Texts.Select((text, index) => KeyValuePair.Create($"{Key}:{index}", text))
        : [KeyValuePair.Create(Key, Texts.Count == 0 ? "" : Texts[0])];

    public bool SameAs(SettingValue other) => Key == other.Key && Texts.SequenceEqual(other.Texts);
}
