using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Chat.Plugins.Tests;
using Chat.TestKit;

namespace SwapBench;

/// <summary>The built daemon in a process of its own, over a temporary folder, whose log is read line by line as it is written.</summary>
internal sealed partial class DaemonProcess : IAsyncDisposable
{
    private static readonly string[] Unlimited = ["MessagesPerSecond", "LoginsPerMinute", "ConnectionsPerAddress"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-swap-");
    private readonly TaskCompletionSource<int> port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;
    private readonly Task reading;

    public DaemonProcess()
    {
        var dropped = folder.CreateSubdirectory("plugins").FullName;
        File.Copy(Path.Combine(AppContext.BaseDirectory, "fixtures", "Gauge", "Gauge.dll"), Path.Combine(dropped, "Gauge.dll"));
        DropFile = Path.Combine(dropped, "Versioned.dll");
        File.WriteAllBytes(DropFile, Versions.Of(1));
        var launch = BuiltDaemon.Launch(folder, ["--plugins", dropped, "--Chat:History:Durability=normal", "--Chat:Admin:Password=" + TestDaemon.AdminPassword, .. Unlimited.Select(limit => $"--Chat:Limits:{limit}=0")]);
        (launch.RedirectStandardOutput, launch.RedirectStandardError, launch.RedirectStandardInput) = (true, true, true);
        process = Process.Start(launch)!;
        reading = Task.WhenAll(ReadAsync(process.StandardOutput, TakeOutput), ReadAsync(process.StandardError, Generations.Take));
    }

    /// <summary>Where versions are dropped; the first lies there from the beginning.</summary>
    public string DropFile { get; }

    public GenerationLog Generations { get; } = new();

    public int Id => process.Id;

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public Task<int> PortAsync() => port.Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>KiB: what the process has written to, and its share of everything that it maps. That share also changes with what other processes map, and so do the pages that it alone has read.</summary>
    public (long Private, long Pss) Memory()
    {
        var kinds = File.ReadLines($"/proc/{Id}/smaps_rollup").Skip(1).Select(l => l.Split(':')).ToDictionary(l => l[0], l => long.Parse(l[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));
        return (kinds["Private_Dirty"], kinds["Pss"]);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        await reading;
        process.Dispose();
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories)) file.IsReadOnly = false;
        folder.Delete(recursive: true);
    }

    private void TakeOutput(string line)
    {
        if (Listening().Match(line) is { Success: true } match) port.TrySetResult(int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture));
    }

    private static async Task ReadAsync(StreamReader from, Action<string> take)
    {
        while (await from.ReadLineAsync() is { } line) take(line);
    }

    [GeneratedRegex(@"listening on tcp://\S+:(?<port>\d+)")]
    private static partial Regex Listening();
}
