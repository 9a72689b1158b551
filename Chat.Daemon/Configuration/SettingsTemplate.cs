namespace Chat.Daemon.Configuration;

/// <summary>
/// The file that <c>config init</c> writes: every setting with its default and purpose, commented in the program's language. Without
/// its comments it is plain JSON.
/// </summary>
internal static class SettingsTemplate
{
    public static string Write(SettingTexts texts)
    {
        var opening = string.Concat(texts.TemplateOpening.Split('\n').Select(line => $"// {line}\n"));
        var sections = string.Join(",\n", SettingTree.SectionsIn(texts).Select(section => Section(section, texts)));
        return $"{opening}{{\n  \"Chat\": {{\n{sections}\n  }}\n}}\n";
    }

    private static string Section(IGrouping<string, Setting> section, SettingTexts texts) => section.Key.Length == 0
        ? Lines(section, "    ", texts)
        : $"    \"{section.Key}\": {{\n{Lines(section, "      ", texts)}\n    }}";

    private static string Lines(IEnumerable<Setting> settings, string indent, SettingTexts texts) =>
        string.Join(",\n", settings.Select(setting =>
            $"{indent}// {setting.Reason}\n"
            + $"{indent}// {texts.TemplateRange(setting.RangeInWords)} {When(setting, texts)}\n"
            + $"{indent}\"{SettingTree.NameOf(setting)}\": {setting.Default}"));

    private static string When(Setting setting, SettingTexts texts) =>
        setting.TakesEffect is TakesEffect.AtStart ? texts.TakesEffectAtStart : texts.TakesEffectAtOnce;
}
