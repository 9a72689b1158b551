using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Flood;

/// <summary>A daemon in its own process, and what the process has used.</summary>
internal sealed partial class FloodedDaemon : IAsyncDisposable
{
    private readonly Process process;

    private FloodedDaemon(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

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

    public static async Task<FloodedDaemon> StartAsync(string program, FloodFolder folder, params string[] settings)
    {
        string[] own = [Path.GetFullPath(Path.Combine(program, "chatd.dll")), "--listen", "127.0.0.1:0", "--http", "off"];
        var start = new ProcessStartInfo("dotnet", [.. own, .. settings])
        {
            WorkingDirectory = folder.FolderPath,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { }; // as a journal that is read
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
                return new FloodedDaemon(process, int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture));
        }
        throw new InvalidOperationException("The daemon did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    [GeneratedRegex(@"listening on tcp://\S+:(?<port>\d+)")]
    private static partial Regex Listening();
}
