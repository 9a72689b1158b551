using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Chat.LoadTest.Daemons;

/// <summary>Resources that a process on this machine has used.</summary>
/// <param name="Seconds">Processor time, user and system.</param>
/// <param name="Bytes">Peak working set.</param>
/// <param name="Now">Working set.</param>
internal sealed record ProcessUsage(double Seconds, long Bytes, [property: JsonIgnore] long Now)
{
    private const string Listening = "0A";
    private static readonly string[] SocketTables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Null if the process is gone.</summary>
    public static ProcessUsage? Of(int? processId)
    {
        if (processId is not { } id) return null;
        try
        {
            using var process = Process.GetProcessById(id);
            return new(process.TotalProcessorTime.TotalSeconds, process.PeakWorkingSet64, process.WorkingSet64);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The process that listens on a TCP port. Linux only, and only if this user may see it; otherwise null.</summary>
    public static int? FindListener(int port)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        var sockets = SocketTables.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(field => field.Length > 9 && field[3] == Listening && field[1].EndsWith(suffix, StringComparison.Ordinal))
            .Select(field => $"socket:[{field[9]}]")
            .ToHashSet();
        return Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
            .Where(id => id > 0 && Holds(id, sockets))
            .Select(id => (int?)id)
            .FirstOrDefault();
    }

    private static bool Holds(int processId, HashSet<string> sockets)
    {
        try
        {
            return new DirectoryInfo($"/proc/{processId}/fd").EnumerateFileSystemInfos()
                .Any(file => file.LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // the process belongs to another user, or is gone
        }
    }
}
