namespace Chat.Daemon.Configuration;

/// <summary>The file that <c>config init</c> writes: every setting at its default, with what it is for. Without its comments it is plain JSON.</summary>
internal static class SettingsTemplate
{
    private const string Opening = """
        // Settings of chatd. Comments and trailing commas are allowed. What stands here overrules the defaults;
        // the environment (Chat__Section__Key) and the command line (--Chat:Section:Key=value) overrule it.
        // Remove what you leave at its default: then later versions may choose a better one.

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
        + $"{indent}// Must be: {setting.RangeInWords}. {(setting.Takes is Takes.AtStart ? "Takes effect at the next start." : "Takes effect at once.")}\n"
        + $"{indent}\"{SettingTree.NameOf(setting)}\": {setting.Default}"));
}
