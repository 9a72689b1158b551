using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Chat.LoadTest.Daemons;

/// <summary>A daemon for one run, on free ports and without limits. Disposing stops it and deletes its temporary folder.</summary>
internal sealed partial class TemporaryDaemon : IAsyncDisposable
{
    private const int LinesKept = 20;
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60), StopTime = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-load-");
    private readonly Queue<string> errors = [];
    private readonly TaskCompletionSource<(int Tcp, int Http)> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? process;
    private int tcp;

    private TemporaryDaemon()
    {
    }

    public IPEndPoint Tcp { get; private set; } = new(IPAddress.Loopback, 0);

    public Uri Metrics { get; private set; } = new("http://127.0.0.1/");

    public int ProcessId => process!.Id;

    /// <summary>The file system that holds its data. An echo from <c>tmpfs</c> costs less than one from a disk.</summary>
    public string FileSystem => new DriveInfo(folder.FullName).DriveFormat;

    /// <summary>Its exit status; null while it runs.</summary>
    public int? Ended => process is { HasExited: true } ? process.ExitCode : null;

    /// <summary>The last lines of its standard error.</summary>
    public string Errors
    {
        get { lock (errors) return string.Join('\n', errors); }
    }

    /// <returns>Null if there is no <c>chatd</c> to start.</returns>
    /// <exception cref="DaemonStartException">It ended, or did not listen in time.</exception>
    public static async Task<TemporaryDaemon?> StartAsync(string durability, CancellationToken cancellation)
    {
        var daemon = new TemporaryDaemon();
        try
        {
            if (DaemonProgram.Find(daemon.Arguments(durability)) is { } start)
            {
                await daemon.StartAsync(DaemonProgram.Detached(start), cancellation);
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
        "--Chat:Limits:Connections=0", "--Chat:Limits:Rooms=0", "--Chat:Limits:RoomsPerUser=0", "--Chat:Limits:RoomsPerAddress=0",
        "--Chat:Roles:guest:0=message.search", // its users are guests
    ];

    private async Task StartAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput) = (true, true, true);
        start.WorkingDirectory = folder.FullName;
        // Settings in the environment are meant for another daemon.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("Chat__", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
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
            if (process.HasExited) await process.WaitForExitAsync(cancellation); // until its last lines are read
            throw new DaemonStartException(Errors);
        }
    }

    private void TakeOutput(string? line)
    {
        if (line is null || Listening().Match(line) is not { Success: true } match) return;
        var port = int.Parse(match.Groups["port"].ValueSpan, provider: null);
        if (match.Groups["scheme"].ValueSpan is "tcp") tcp = port;
        else listening.TrySetResult((tcp, port)); // the daemon prints this line last
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
