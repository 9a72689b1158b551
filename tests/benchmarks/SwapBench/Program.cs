using System.Globalization;
using Chat.Daemon.Plugins;
using Chat.Plugins.Tests;
using Chat.Plugins.Tests.Swaps;
using Chat.TestKit;

// What swaps cost those who chat: dotnet run -c Release --project tests/benchmarks/SwapBench -- [swaps] [users]
// Without users (0) it shows what a swap alone leaves in memory.
const int Measured = 30; // seconds without swaps

var swaps = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
var users = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200;
var (log, report) = (new CapturedLog(), new SwapReport());
await using var daemon = await TestDaemon.StartAsync(log, null);
var dropped = Directory.CreateDirectory(Path.Combine(daemon.Folder, "Plugins")).FullName;
await File.WriteAllBytesAsync(Path.Combine(dropped, "Versioned.dll"), Versions.Of(1));
await log.HasAsync("Plugin versioned v0001 from");
var plugins = daemon.Get<PluginSupervisor>();
await using var crowd = await SwapCrowd.GatherAsync(daemon.Port, plugins, dropped, log, report, users, TimeSpan.FromMilliseconds(200));

Console.WriteLine($"{users} users in rooms of ten, each a message and a command every 200 ms; daemon and users in this process");
if (users > 0)
{
    await Task.Delay(5000);
    report.TakeEchoes();
    var quiet = Memory();
    await Task.Delay(TimeSpan.FromSeconds(Measured));
    Print("without swaps");
    Console.WriteLine($"without swaps {(Memory().Resident - quiet.Resident) / 1024.0 / Measured:F1} KiB resident a second");
    for (var second = 0; second < Measured; second++)
    {
        GC.Collect();
        await Task.Delay(1000);
    }
    Print("a forced collection a second");
}
await crowd.SwapAsync(2, 20, number => Versions.Of(number));
var before = Memory();
report.TakeEchoes();
var began = DateTime.UtcNow;
await crowd.SwapAsync(22, swaps - 20, number => Versions.Of(number));
Print($"a swap every {(DateTime.UtcNow - began).TotalSeconds / (swaps - 20):F2} s");
var after = Memory();
await crowd.HushAsync();
var ended = DateTime.UtcNow;
await log.UntilAsync(() => plugins.Generations.Single(g => g.Key == "collected").Value == swaps);
Console.WriteLine($"most generations alive {crowd.MostAlive}, all collected {(DateTime.UtcNow - ended).TotalSeconds:F1} s after the end");
Console.WriteLine($"a swap after the first 20 takes {(after.Heap - before.Heap) / 1024.0 / (swaps - 20):F1} KiB of the heap, {(after.Resident - before.Resident) / 1024.0 / (swaps - 20):F1} KiB resident");
Console.WriteLine($"{report.Answers} commands answered; not as promised: {report.Faults.Count}");
foreach (var fault in report.Faults.Take(10)) Console.WriteLine(fault);
return report.Faults.Count == 0 ? 0 : 1;

void Print(string what)
{
    var (count, median, p99) = report.TakeEchoes();
    Console.WriteLine($"{what,-32} {count,7} echoes, median {median.TotalMilliseconds:F2} ms, 99 % within {p99.TotalMilliseconds:F2} ms");
}

static (long Heap, long Resident) Memory()
{
    GC.Collect();
    GC.WaitForPendingFinalizers();
    return (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
}
