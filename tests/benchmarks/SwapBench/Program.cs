using System.Globalization;
using Chat.Plugins.Tests;
using Chat.Plugins.Tests.Lifecycle.Swaps;
using Chat.Protocol;
using Chat.TestKit;
using SwapBench;

// Measures what replacing a plugin costs the users and the daemon:
// dotnet run -c Release --project tests/benchmarks/SwapBench -- [swaps] [users]
// The daemon runs in its own process, the users in this one. After a warm-up, two rounds of three equally long phases follow:
// swaps, no swaps, and no swaps with as many forced collections.
// Exit status 1: a wrong or missing answer, a warning or error, more than three generations alive, a generation that is not
// collected within a minute, or, from 100 swaps on, more than 48 KiB of memory per swap.
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

Console.WriteLine($"{swaps} swaps, {users} users in rooms of ten, each sending a message and a command every 200 ms; times in ms");
Console.WriteLine(Phase.Header);
await MeasureAsync("warm-up", () => SwapAsync(WarmUp));
for (var round = 0; round < Rounds; round++)
{
    var swapped = await MeasureAsync("swaps", () => SwapAsync(swaps / Rounds));
    await MeasureAsync("no swaps", () => Task.Delay(swapped.Length));
    await MeasureAsync("only collections", () => CollectAsync(swapped.Length, swapped.Collections));
}
await crowd.HushAsync();

var isSlim = swaps < 100 || PerSwap("swaps", p => p.Private) - PerSwap("no swaps", p => p.Private) <= MostKiB;
(string Kind, Func<Phase, long> Of)[] kinds = [("of heap", p => p.Heap), ("private dirty", p => p.Private), ("PSS", p => p.Pss)];
foreach (var (kind, of) in kinds)
{
    var (with, without) = (PerSwap("swaps", of), PerSwap("no swaps", of));
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{with,7:F1} KiB {kind} per swap; {without:F1} in the same time without swaps"));
}
var verdict = swaps < 100 ? "not checked for fewer than 100 swaps" : isSlim ? "kept" : "EXCEEDED";
Console.WriteLine($"limit for the difference in private memory: {MostKiB} KiB per swap, {verdict}");
Console.WriteLine(
    $"most generations alive {daemon.Generations.MostAlive}, leaked {daemon.Generations.Leaked}, all others collected; " +
    $"{report.Answers.Count} commands answered; faults {report.Faults.Count}; " +
    $"warnings and errors of the daemon {daemon.Generations.Complaints.Count}");
foreach (var fault in report.Faults.Concat(daemon.Generations.Complaints).Take(10)) Console.WriteLine(TextRules.Harmless(fault));
return report.Faults.Count == 0 && daemon.Generations is { MostAlive: <= MostAlive, Leaked: 0 } && isSlim ? 0 : 1;

async Task<Phase> MeasureAsync(string name, Func<Task> run)
{
    var phase = await Phase.MeasureAsync(name, daemon, gauge, report, run);
    phases.Add(phase);
    Console.WriteLine(phase);
    return phase;
}

// Drops each version once the previous one is active, and returns when all but the last are gone.
async Task SwapAsync(int count)
{
    for (var last = version + count; version < last;)
    {
        report.Dropped = ++version;
        await File.WriteAllBytesAsync(daemon.DropFile, FixtureVersion.Of(version));
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
