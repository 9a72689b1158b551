namespace Chat.Daemon.Configuration;

/// <summary>All settings by section, in the order of their declaration.</summary>
internal static class SettingTree
{
    /// <summary>In English, for files and documents.</summary>
    public static IReadOnlyList<Setting> All { get; } = ChatOptions.Read([], SettingTexts.English).Declared;

    /// <summary>The settings by the part of their key between <c>Chat:</c> and their name; empty for those without a section.</summary>
    public static IEnumerable<IGrouping<string, Setting>> Sections => SectionsIn(SettingTexts.English);

    /// <inheritdoc cref="Sections"/>
    public static IEnumerable<IGrouping<string, Setting>> SectionsIn(SettingTexts texts) =>
        ChatOptions.Read([], texts).Declared.GroupBy(setting => SectionOf(setting.Key));

    public static string NameOf(Setting setting) => setting.Key[(setting.Key.LastIndexOf(':') + 1)..];

    private static string SectionOf(string key)
    {
        var inner = key["Chat:".Length..];
        var colon = inner.LastIndexOf(':');
        return colon < 0 ? "" : inner[..colon];
    }
}
