using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace HostileGuests;

/// <summary>A daemon in its own process, and what the process has used.</summary>
internal sealed partial class AttackedDaemon : IAsyncDisposable
{
    private readonly Process process;

    private AttackedDaemon(Process process, int port, int httpPort) =>
        (this.process, Port, HttpPort) = (process, port, httpPort);

    public int Port { get; }

    public int HttpPort { get; }

    /// <summary>Processor time of the daemon, its own and the kernel's on its behalf.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory that it ever held, in MiB.</summary>
    public long PeakMemory
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64 >> 20;
        }
    }

    public static async Task<AttackedDaemon> StartAsync(string program, DaemonFolder folder, params string[] settings)
    {
        string[] own = [Path.GetFullPath(Path.Combine(program, "chatd.dll")), "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"];
        var start = new ProcessStartInfo("dotnet", [.. own, .. settings])
        {
            WorkingDirectory = folder.FolderPath,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { }; // as a journal that is read
        process.BeginErrorReadLine();
        var (tcp, http) = (0, 0);
        while ((tcp == 0 || http == 0) && await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is not { Success: true } match) continue;
            var port = int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
            (tcp, http) = match.Groups["scheme"].Value == "tcp" ? (port, http) : (tcp, port);
        }
        if (tcp > 0 && http > 0) return new AttackedDaemon(process, tcp, http);
        throw new InvalidOperationException("The daemon did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    [GeneratedRegex(@"listening on (?<scheme>tcp|http)://\S+:(?<port>\d+)")]
    private static partial Regex Listening();
}
