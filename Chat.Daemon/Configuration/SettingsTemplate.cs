namespace Chat.Daemon.Configuration;

/// <summary>
/// The file that <c>config init</c> writes: every setting with its default and purpose. Without its comments it is plain JSON.
/// </summary>
internal static class SettingsTemplate
{
    private const string Opening = """
        // Settings of chatd. Comments and trailing commas are allowed. These values override the defaults;
        // the environment (Chat__Section__Key) and the command line (--Chat:Section:Key=value) override these values.
        // Remove the settings you do not change, so that you get the better defaults of later versions.

        """;

    public static string Write()
    {
        var sections = string.Join(",\n", SettingTree.Sections.Select(Section));
        return $"{Opening.ReplaceLineEndings("\n")}{{\n  \"Chat\": {{\n{sections}\n  }}\n}}\n";
    }

    private static string Section(IGrouping<string, Setting> section) => section.Key.Length == 0
        ? Lines(section, "    ")
        : $"    \"{section.Key}\": {{\n{Lines(section, "      ")}\n    }}";

    private static string Lines(IEnumerable<Setting> settings, string indent) => string.Join(",\n", settings.Select(setting =>
        $"{indent}// {setting.Reason}\n"
        + $"{indent}// Must be: {setting.RangeInWords}. Takes effect {When(setting)}.\n"
        + $"{indent}\"{SettingTree.NameOf(setting)}\": {setting.Default}"));

    private static string When(Setting setting) => setting.TakesEffect is TakesEffect.AtStart ? "at the next start" : "at once";
}
