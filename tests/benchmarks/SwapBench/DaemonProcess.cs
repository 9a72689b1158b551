using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Chat.Plugins.Tests;
using Chat.TestKit;

namespace SwapBench;

/// <summary>The built daemon in its own process, with a temporary folder. Reads its log as it is written.</summary>
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
        File.WriteAllBytes(DropFile, FixtureVersion.Of(1));
        var launch = BuiltDaemon.Launch(folder, [
            "--plugins", dropped, "--Chat:History:Durability=normal", "--Chat:Admin:Password=" + TestDaemon.AdminPassword,
            .. Unlimited.Select(limit => $"--Chat:Limits:{limit}=0")]);
        (launch.RedirectStandardOutput, launch.RedirectStandardError, launch.RedirectStandardInput) = (true, true, true);
        process = Process.Start(launch)!;
        reading = Task.WhenAll(ReadAsync(process.StandardOutput, TakeOutput), ReadAsync(process.StandardError, Generations.Take));
    }

    /// <summary>The file to overwrite with the next version. It starts as the first.</summary>
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

    /// <summary>
    /// In KiB: the memory that only this process has written to, and its proportional share of all memory that it maps. The share also
    /// depends on the mappings of other processes.
    /// </summary>
    public (long Private, long Pss) Memory()
    {
        var sizes = File.ReadLines($"/proc/{Id}/smaps_rollup").Skip(1).Select(line => line.Split(':'))
            .ToDictionary(part => part[0], part => KibibytesIn(part[1]));
        return (sizes["Private_Dirty"], sizes["Pss"]);
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

    private static long KibibytesIn(string text) =>
        long.Parse(text.Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private void TakeOutput(string line)
    {
        if (Listening().Match(line) is { Success: true } match)
            port.TrySetResult(int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture));
    }

    private static async Task ReadAsync(StreamReader from, Action<string> take)
    {
        while (await from.ReadLineAsync() is { } line) take(line);
    }

    [GeneratedRegex(@"listening on tcp://\S+:(?<port>\d+)")]
    private static partial Regex Listening();
}
