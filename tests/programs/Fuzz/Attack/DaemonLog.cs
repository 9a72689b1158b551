using System.Text.Json;
using Chat.TestKit;

namespace Fuzz.Attack;

/// <summary>The log of a daemon after its end: no bug, no line that is not one, and no character that could control a terminal.</summary>
internal static class DaemonLog
{
    public static IEnumerable<string> ProblemsOf(ProcessDaemon daemon)
    {
        foreach (var line in Lines(daemon.Output).Concat(Lines(daemon.Errors)).Where(line => line.Any(char.IsControl)))
            yield return $"A line has a control character: {JsonSerializer.Serialize(line)}";
        var folder = Path.Combine(daemon.Folder, "logs");
        foreach (var line in Directory.EnumerateFiles(folder).SelectMany(file => Lines(File.ReadAllText(file))))
        {
            if (ProblemOf(line) is { } problem) yield return $"{problem}: {JsonSerializer.Serialize(line)}";
        }
    }

    private static string? ProblemOf(string line)
    {
        if (line.Any(c => c is < ' ' or > '~')) return "A line of the log file is not plain ASCII";
        try
        {
            using var entry = JsonDocument.Parse(line);
            return entry.RootElement.GetProperty("level").GetString() is "error" or "fatal" ? "The daemon logged an error" : null;
        }
        catch (JsonException)
        {
            return "A line of the log file is not JSON";
        }
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Where(line => line.Length > 0);
}
