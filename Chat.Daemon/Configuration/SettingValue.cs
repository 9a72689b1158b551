namespace Chat.Daemon.Configuration;

/// <summary>A setting's value in this process, and its source.</summary>
/// <param name="Key">The setting's key, or that of an entry in a map.</param>
/// <param name="Texts">One value, or the entries of a list.</param>
internal sealed record SettingValue(Setting Setting, string Key, IReadOnlyList<string> Texts, string Source)
{
    private bool IsList => Setting.Type is SettingType.List or SettingType.Map;

    /// <summary>The value as shown to people; a secret is hidden.</summary>
    public string Shown => IsList ? SettingJson.Of(Texts) : Setting.Secret && Texts[0].Length > 0 ? "***" : Texts[0];

    /// <summary>The entries of a layer that would set this value; none for a map without names.</summary>
    public IEnumerable<KeyValuePair<string, string>> Entries =>
        IsList && Texts.Count > 0 ? Texts.Select((text, index) => KeyValuePair.Create($"{Key}:{index}", text))
        : Setting.Owns(Key) ? [KeyValuePair.Create(Key, Texts.Count == 0 ? "" : Texts[0])]
        : [];

    public bool SameAs(SettingValue other) => Key == other.Key && Texts.SequenceEqual(other.Texts);
}
