using System.Globalization;

namespace Chat.LoadTest.Coordination;

/// <summary>Each user is a connection, and each connection an open file of its worker, of which the system allows only so many.</summary>
internal static class OpenFiles
{
    /// <summary>What a worker has open besides: pipes, libraries, the runtime's own.</summary>
    public const int Besides = 200;

    private const string Limits = "/proc/self/limits", Line = "Max open files";

    /// <summary>What a process may open; the runtime raises its own limit that far. Null if that is unknown.</summary>
    public static long? Most() => File.Exists(Limits) ? Parse(File.ReadLines(Limits)) : null;

    /// <param name="lines">Of <c>/proc/self/limits</c>: the name, the soft limit and the hard one.</param>
    internal static long? Parse(IEnumerable<string> lines)
    {
        var words = lines.FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal))?[Line.Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [_, var hard, ..] && long.TryParse(hard, CultureInfo.InvariantCulture, out var most) ? most : null;
    }
}
