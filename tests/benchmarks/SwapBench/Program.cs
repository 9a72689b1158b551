using System.Globalization;
using Chat.Plugins.Tests;
using Chat.Plugins.Tests.Swaps;
using Chat.Protocol;
using Chat.TestKit;
using SwapBench;

// What swaps cost those who chat, and the daemon: dotnet run -c Release --project tests/benchmarks/SwapBench -- [swaps] [users]
// The daemon is a process of its own, the users are in this one. After a warm-up of 20 swaps come, twice: swaps, as long without, as long with as many forced collections.
// Exit status: 0 as promised; 1 not: a fault, more than three generations alive, one not collected within a minute, or, over 100 swaps, more than 48 KiB a swap.
const int WarmUp = 20, MostAlive = 3, Rounds = 2, MostKiB = 48;

var swaps = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
var users = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200;
var (report, phases, version) = (new SwapReport { Active = 1, Dropped = 1 }, new List<Phase>(), 1);
await using var daemon = new DaemonProcess();
var port = await daemon.PortAsync();
await daemon.Generations.ActiveAsync(1);
await using var gauge = await TestClient.ConnectAsync(port, "gauge", TimeSpan.FromMinutes(1));
await gauge.LoginAsync("gauge", "geral");
await using var crowd = await SwapCrowd.GatherAsync(port, report, users, "/versao", TimeSpan.FromMilliseconds(200));

Console.WriteLine($"{swaps} swaps, {users} users in rooms of ten, each a message and a command every 200 ms; times in ms");
Console.WriteLine(Phase.Header);
await MeasureAsync("warm-up", () => SwapAsync(WarmUp));
for (var round = 0; round < Rounds; round++)
{
    var swapped = await MeasureAsync("swaps", () => SwapAsync(swaps / Rounds));
    await MeasureAsync("none", () => Task.Delay(swapped.Length));
    await MeasureAsync("collections alone", () => CollectAsync(swapped.Length, swapped.Collections));
}
await crowd.HushAsync();

var isSlim = swaps < 100 || PerSwap("swaps", p => p.Private) - PerSwap("none", p => p.Private) <= MostKiB;
foreach (var (kind, of) in (IEnumerable<(string, Func<Phase, long>)>)[("of the heap", p => p.Heap), ("private (dirty)", p => p.Private), ("PSS", p => p.Pss)])
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{PerSwap("swaps", of),7:F1} KiB {kind} a swap; {PerSwap("none", of):F1} in the same time without"));
Console.WriteLine($"The difference of what is private may be {MostKiB} KiB a swap{(swaps < 100 ? "; under 100 swaps that is not judged, as chance is larger" : isSlim ? "" : ": it is MORE")}.");
Console.WriteLine($"most generations alive {daemon.Generations.MostAlive}, leaked {daemon.Generations.Leaked}, all others collected; {report.Answers.Count} commands answered; not as promised: {report.Faults.Count}; complaints of the daemon: {daemon.Generations.Complaints.Count}");
foreach (var fault in report.Faults.Concat(daemon.Generations.Complaints).Take(10)) Console.WriteLine(TextRules.Harmless(fault));
return report.Faults.Count == 0 && daemon.Generations is { MostAlive: <= MostAlive, Leaked: 0 } && isSlim ? 0 : 1;

async Task<Phase> MeasureAsync(string name, Func<Task> run)
{
    var phase = await Phase.MeasureAsync(name, daemon, gauge, report, run);
    phases.Add(phase);
    Console.WriteLine(phase);
    return phase;
}

// Each when the one before it is active; and until those before the last are gone.
async Task SwapAsync(int count)
{
    for (var last = version + count; version < last;)
    {
        report.Dropped = ++version;
        await File.WriteAllBytesAsync(daemon.DropFile, Versions.Of(version));
        await daemon.Generations.ActiveAsync(version);
        report.Active = version;
    }
    await daemon.Generations.AloneAsync();
}

async Task CollectAsync(TimeSpan length, int count)
{
    using var timer = new PeriodicTimer(length / Math.Max(1, count));
    for (var done = 0; done < count && await timer.WaitForNextTickAsync(); done++)
        await gauge.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message("/coletar", "geral"));
}

double PerSwap(string name, Func<Phase, long> of) => phases.Where(p => p.Name == name).Sum(of) / (double)(swaps / Rounds * Rounds);
