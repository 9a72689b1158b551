using System.Text;

namespace Chat.Daemon.CommandLine.Checks;

/// <summary>Checks for ICU. Without it, text is not normalized, and two accounts could look the same.</summary>
internal static class UnicodeCheck
{
    public static string? Problem(ProgramTexts texts) =>
        "a\u0303".Normalize(NormalizationForm.FormC) == "\u00e3" ? null : texts.IcuMissing;
}
