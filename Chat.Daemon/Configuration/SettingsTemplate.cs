using System.Text;

namespace Chat.Daemon.Configuration;

/// <summary>The file that <c>config init</c> writes: every setting at its default, with what it is for.</summary>
internal static class SettingsTemplate
{
    public static string Write()
    {
        var file = new StringBuilder()
            .Append("// Settings of chatd. Comments and trailing commas are allowed. What stands here overrules the defaults;\n")
            .Append("// the environment (Chat__Section__Key) and the command line (--Chat:Section:Key=value) overrule it.\n")
            .Append("// Remove what you leave at its default: then later versions may choose a better one.\n")
            .Append("{\n  \"Chat\": {\n");
        foreach (var section in SettingTree.Sections)
            Append(file, section);
        return file.Append("  },\n}\n").ToString();
    }

    private static void Append(StringBuilder file, IGrouping<string, Setting> section)
    {
        var indent = section.Key.Length == 0 ? "    " : "      ";
        if (section.Key.Length > 0)
            file.Append("    \"").Append(section.Key).Append("\": {\n");
        foreach (var setting in section)
            file.Append(indent).Append("// ").Append(setting.Reason).Append('\n')
                .Append(indent).Append("// Allowed: ").Append(setting.RangeInWords)
                .Append(setting.Takes is Takes.AtStart ? ". Takes effect at the next start.\n" : ". Takes effect at once.\n")
                .Append(indent).Append('"').Append(SettingTree.NameOf(setting)).Append("\": ").Append(setting.Default).Append(",\n");
        if (section.Key.Length > 0)
            file.Append("    },\n");
    }
}
