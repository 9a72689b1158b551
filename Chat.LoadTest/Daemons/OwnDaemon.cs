using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Chat.LoadTest.Daemons;

/// <summary>A daemon for one run: free ports, no limits, its state in a temporary folder that goes with it.</summary>
internal sealed partial class OwnDaemon : IAsyncDisposable
{
    private const int LinesKept = 20;
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60), StopTime = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-load-");
    private readonly Queue<string> errors = [];
    private readonly TaskCompletionSource<(int Tcp, int Http)> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? process;
    private int tcp;

    private OwnDaemon()
    {
    }

    public IPEndPoint Tcp { get; private set; } = new(IPAddress.Loopback, 0);

    public Uri Metrics { get; private set; } = new("http://127.0.0.1/");

    public int ProcessId => process!.Id;

    /// <summary>What its data lie on: an echo from memory (<c>tmpfs</c>) costs less than one from a disk.</summary>
    public string FileSystem => new DriveInfo(folder.FullName).DriveFormat;

    /// <summary>Its exit status, where it has ended.</summary>
    public int? Ended => process is { HasExited: true } ? process.ExitCode : null;

    /// <summary>The last lines of its standard error.</summary>
    public string Errors
    {
        get { lock (errors) return string.Join('\n', errors); }
    }

    /// <returns>Null where there is no daemon to start.</returns>
    /// <exception cref="DaemonStartException">It did not start; the message is what it said.</exception>
    public static async Task<OwnDaemon?> StartAsync(string durability, CancellationToken cancellation)
    {
        var daemon = new OwnDaemon();
        try
        {
            if (DaemonProgram.Find(daemon.Arguments(durability)) is { } start)
            {
                await daemon.StartAsync(DaemonProgram.Apart(start), cancellation);
                return daemon;
            }
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
        await daemon.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await StopAsync(process);
            process.Dispose();
        }
        folder.Delete(recursive: true);
    }

    private string[] Arguments(string durability) =>
    [
        "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0", "--Chat:Listen:Tls=off", "--Chat:Listen:Https=off",
        "--data", Path.Combine(folder.FullName, "data"), "--plugins", Path.Combine(folder.FullName, "Plugins"),
        $"--Chat:Logging:Folder={Path.Combine(folder.FullName, "logs")}", $"--Chat:History:Durability={durability}",
        "--Chat:Limits:MessagesPerSecond=0", "--Chat:Limits:ConnectionsPerAddress=0", "--Chat:Limits:LoginsPerMinute=0",
        "--Chat:Limits:Connections=0", "--Chat:Limits:Rooms=0",
    ];

    private async Task StartAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput, start.WorkingDirectory) = (true, true, true, folder.FullName);
        foreach (var setting in start.Environment.Keys.Where(name => name.StartsWith("Chat__", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(setting); // those are for another daemon
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) => TakeOutput(e.Data);
        process.ErrorDataReceived += (_, e) => TakeError(e.Data);
        process.Exited += (_, _) => listening.TrySetException(new DaemonStartException(""));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            var (port, http) = await listening.Task.WaitAsync(StartTime, cancellation);
            (Tcp, Metrics) = (new IPEndPoint(IPAddress.Loopback, port), new Uri($"http://127.0.0.1:{http}/metrics"));
        }
        catch (Exception e) when (e is DaemonStartException or TimeoutException)
        {
            if (process.HasExited) await process.WaitForExitAsync(cancellation); // until its last words are read
            throw new DaemonStartException(Errors);
        }
    }

    private void TakeOutput(string? line)
    {
        if (line is null || Listening().Match(line) is not { Success: true } match) return;
        var port = int.Parse(match.Groups["port"].ValueSpan, provider: null);
        if (match.Groups["scheme"].ValueSpan is "tcp") tcp = port;
        else listening.TrySetResult((tcp, port)); // the last of the two
    }

    private void TakeError(string? line)
    {
        if (line is null) return;
        lock (errors)
        {
            if (errors.Count == LinesKept) errors.Dequeue();
            errors.Enqueue(line);
        }
    }

    private static async Task StopAsync(Process process)
    {
        if (process.HasExited) return;
        if (OperatingSystem.IsWindows()) process.Kill(entireProcessTree: true);
        else _ = kill(process.Id, 15);
        try
        {
            await process.WaitForExitAsync().WaitAsync(StopTime);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    [GeneratedRegex(@"listening on (?<scheme>tcp|http)://\S+:(?<port>\d+)$")]
    private static partial Regex Listening();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}

internal sealed class DaemonStartException(string said) : Exception(said);
