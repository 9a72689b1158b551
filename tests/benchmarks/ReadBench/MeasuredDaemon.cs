using System.Diagnostics;
using System.Globalization;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Sqlite;
using Chat.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ReadBench;

/// <summary>The built daemon in its own process, and what it costs.</summary>
internal sealed class MeasuredDaemon : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-read-");
    private Process? process;

    public int Port { get; private set; }

    /// <summary>CPU time so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process!.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory now, and the most since the last call of <see cref="ResetPeak"/>; in MiB.</summary>
    public (long Now, long Peak) Memory => (StatusOf("VmRSS"), StatusOf("VmHWM"));

    /// <summary>Starts the daemon on a database that was filled before.</summary>
    public static async Task<MeasuredDaemon> StartAsync(Action<SqliteConnection> fill)
    {
        var daemon = new MeasuredDaemon();
        await daemon.FillAsync(fill);
        string[] limits = ["MessagesPerSecond", "LoginsPerMinute", "ConnectionsPerAddress"];
        var launch = BuiltDaemon.Launch(daemon.folder, [
            "--Chat:History:Durability=normal", "--Chat:Admin:Password=" + TestDaemon.AdminPassword,
            .. limits.Select(limit => $"--Chat:Limits:{limit}=0")]);
        (launch.RedirectStandardOutput, launch.RedirectStandardError) = (true, true);
        daemon.process = Process.Start(launch)!;
        _ = daemon.process.StandardError.ReadToEndAsync();
        var line = await daemon.process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The daemon did not start.");
        daemon.Port = int.Parse(line[(line.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
        _ = daemon.process.StandardOutput.ReadToEndAsync();
        return daemon;
    }

    /// <summary>Lets the kernel count the most memory anew.</summary>
    public void ResetPeak() => File.WriteAllText($"/proc/{process!.Id}/clear_refs", "5");

    /// <summary>CPU milliseconds of a run, per piece of work.</summary>
    public async Task<double> ProcessorPerAsync(int count, Func<Task> run)
    {
        var before = ProcessorTime;
        await run();
        return (ProcessorTime - before).TotalMilliseconds / count;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        folder.Delete(recursive: true);
    }

    private async Task FillAsync(Action<SqliteConnection> fill)
    {
        using var held = StateFolder.Open(Path.Combine(folder.FullName, "data"));
        using var metrics = new DaemonMetrics();
        await using var database = ChatDatabase.Open(held, Durability.Normal, metrics, NullLogger<SqliteWriter>.Instance);
        await database.Writer.WriteAsync(connection =>
        {
            fill((SqliteConnection)connection);
            return true;
        });
    }

    private long StatusOf(string key)
    {
        var line = File.ReadLines($"/proc/{process!.Id}/status").First(l => l.StartsWith(key + ":", StringComparison.Ordinal));
        return long.Parse(line[(key.Length + 1)..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }
}
