using System.Globalization;

namespace Chat.Daemon.Sessions.Limits;

/// <summary>
/// How many connections may be open in all, so that the daemon can still open files. A process without a free descriptor cannot load code,
/// and dies.
/// </summary>
internal static class ConnectionCeiling
{
    /// <summary>For connections that are accepted only to be refused (the backlog holds 512), and for plugins that come later.</summary>
    private const int Spare = 768;

    private const string Limits = "/proc/self/limits", Open = "/proc/self/fd";

    /// <summary>
    /// The most that this process can hold beside what it had open at its first connection. <see cref="int.MaxValue"/> where its limit on
    /// open files is not known.
    /// </summary>
    public static int OfProcess { get; } = OpenFiles() is { } limit ? Of(limit, Directory.GetFiles(Open).Length) : int.MaxValue;

    /// <param name="limit">On open files.</param>
    /// <param name="open">Files open already.</param>
    public static int Of(int limit, int open) => Math.Max(0, limit - open) is var left && left < 2 * Spare ? left / 2 : left - Spare;

    /// <summary>The soft limit, which .NET has raised to the hard one.</summary>
    private static int? OpenFiles()
    {
        if (!File.Exists(Limits)) return null;
        var line = File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(3);
        return int.TryParse(soft, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
