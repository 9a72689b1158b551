using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Chat.Cli.Terminal;

/// <summary>Edits a text with the program that VISUAL or EDITOR names.</summary>
internal static class ExternalEditor
{
    /// <summary>Bytes; a longer text is no message.</summary>
    private const int Longest = 1 << 20;

    /// <summary>The text as it was saved, without its last line break; null if there is a problem.</summary>
    public static (string? Text, EditorProblem Problem) Edit(string text)
    {
        DirectoryInfo? folder = null;
        try
        {
            folder = Directory.CreateTempSubdirectory("chat-"); // readable by its owner only
            var path = Path.Combine(folder.FullName, "message.txt");
            File.WriteAllText(path, text.Length > 0 ? text + "\n" : "", new UTF8Encoding(false));
            using var process = Process.Start(Command(path));
            if (process is null) return (null, EditorProblem.Failed);
            process.WaitForExit();
            if (process.ExitCode != 0) return (null, EditorProblem.Failed);
            if (new FileInfo(path).Length > Longest) return (null, EditorProblem.TooLong);
            return (File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd('\n'), EditorProblem.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            return (null, EditorProblem.Failed);
        }
        finally
        {
            Delete(folder);
        }
    }

    private static void Delete(DirectoryInfo? folder)
    {
        try
        {
            folder?.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The editor has a file open, or deleted the folder itself.
        }
    }

    /// <summary>The variable may have arguments, such as <c>code --wait</c>.</summary>
    private static ProcessStartInfo Command(string path) => OperatingSystem.IsWindows()
        ? new ProcessStartInfo(Environment.GetEnvironmentVariable("EDITOR") is { Length: > 0 } editor ? editor : "notepad", [path])
        : new ProcessStartInfo("/bin/sh", ["-c", "exec ${VISUAL:-${EDITOR:-vi}} \"$1\"", "sh", path]);
}
