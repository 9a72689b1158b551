namespace Chat.Daemon.Configuration;

/// <summary>The declared settings, as an operator reads them: by section, in the order of declaration.</summary>
internal static class SettingTree
{
    /// <summary>In English: files and documents are.</summary>
    public static IReadOnlyList<Setting> All { get; } = ChatOptions.Read([], SettingTexts.English).Declared;

    /// <summary>The settings by what stands between <c>Chat:</c> and their own name; empty for those directly below.</summary>
    public static IEnumerable<IGrouping<string, Setting>> Sections => All.GroupBy(setting => SectionOf(setting.Key));

    public static string NameOf(Setting setting) => setting.Key[(setting.Key.LastIndexOf(':') + 1)..];

    private static string SectionOf(string key)
    {
        var inner = key["Chat:".Length..];
        var colon = inner.LastIndexOf(':');
        return colon < 0 ? "" : inner[..colon];
    }
}
