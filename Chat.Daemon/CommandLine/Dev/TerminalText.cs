using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>Shortens paths for the author's terminal.</summary>
internal static class TerminalText
{
    /// <returns>The text, safe to print, with paths below the working directory made relative.</returns>
    public static string Of(string text)
    {
        var here = Environment.CurrentDirectory;
        if (Path.EndsInDirectorySeparator(here)) return Printable.Escape(text);
        return Printable.Escape(text.Replace(here + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
    }
}
