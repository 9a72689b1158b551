using System.Diagnostics;
using System.Globalization;
using Chat.Protocol;
using Chat.TestKit;
using TerminalBench;

// Measures chat at a terminal while messages arrive: CPU, memory, whether each message is shown once and in order, and how soon a key is:
// dotnet run -c Release --project tests/benchmarks/TerminalBench -- [path of chat] [messages] [messages a second]
const string Room = "flood";
var client = args.Length > 0 ? args[0] : $"dotnet {Path.Combine(AppContext.BaseDirectory, "chat.dll")}";
var count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000;
var perSecond = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1_000;

await using var daemon = await TestDaemon.StartAsync();
await using var writer = await daemon.GuestAsync("writer", Room);
await using var terminal = Terminal.Start($"{client} --connect 127.0.0.1:{daemon.Port} --user reader --room {Room} --lang en");
await writer.SendAsync(new ClientFrame.Message("ready", Room));
await terminal.UntilAsync("ready");
var idle = await terminal.CpuOfAsync(() => Task.Delay(TimeSpan.FromSeconds(5)));

using var sent = new CancellationTokenSource();
var keys = Keys.TypeAsync(terminal, sent.Token);
var late = TimeSpan.Zero;
var busy = await terminal.CpuOfAsync(async () =>
{
    var began = Stopwatch.GetTimestamp();
    for (var number = 0; number < count;)
    {
        var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond) + 1);
        for (; number < due; number++) await writer.SendAsync(new ClientFrame.Message(Texts.Of(number + 1), Room));
        await Task.Delay(1);
    }
    var written = Stopwatch.GetTimestamp();
    await terminal.UntilAsync(Texts.Of(count));
    late = Stopwatch.GetElapsedTime(written);
});
await sent.CancelAsync();

var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
Console.WriteLine($"machine:   {Environment.ProcessorCount} cores, load {load} at the end");
Console.WriteLine($"idle:      {idle.TotalMilliseconds / 5_000:P1} of a core");
Console.WriteLine($"flood:     {count:N0} messages at {perSecond:N0} a second: {busy.TotalMicroseconds / count:N0} µs of CPU time each");
Console.WriteLine($"memory:    {terminal.PeakMiB:N0} MiB at most");
Console.WriteLine($"shown:     {Texts.Verdict(terminal.Text, count)}; the last one {late.TotalMilliseconds:N0} ms after it was sent");
Console.WriteLine($"keys:      {Quantiles.Of(await keys)} until shown");
