using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>Paths as an author reads them: from where they are.</summary>
internal static class WorkingFolder
{
    /// <returns>Fit for a terminal, with the paths in it that lie below this folder made relative.</returns>
    public static string Shown(string text)
    {
        var here = Environment.CurrentDirectory;
        return Printable.Escape(Path.EndsInDirectorySeparator(here) ? text : text.Replace(here + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
    }
}
