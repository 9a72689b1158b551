using System.Text;

namespace Chat.Daemon.CommandLine.Checks;

/// <summary>Without ICU nothing composes, and one name has two spellings: two accounts that look the same.</summary>
internal static class UnicodeCheck
{
    public static string? Problem(ProgramTexts texts) =>
        "a\u0303".Normalize(NormalizationForm.FormC) == "\u00e3" ? null : texts.IcuMissing;
}
