using System.Diagnostics;
using System.Globalization;
using Chat.Plugins.Tests.Lifecycle.Swaps;
using Chat.Protocol;
using Chat.TestKit;

namespace SwapBench;

/// <summary>
/// What a phase cost the users and the daemon. Memory is the growth in KiB; a compacting collection precedes each reading.
/// </summary>
internal sealed record Phase(
    string Name, TimeSpan Length, Times Echoes, Times Commands, TimeSpan Processor, int Collections, long Heap, long Private, long Pss)
{
    public static string Header =>
        $"{"",-18}{"s",7}{"echoes",9}{"median",9}{"99 %",9}{"commands",10}{"median",9}{"99 %",9}" +
        $"{"CPU s",8}{"full GCs",10}{"heap KiB",10}{"dirty",9}{"PSS",9}";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name,-18}{Length.TotalSeconds,7:F1}{Echoes.Count,9}{Ms(Echoes.Median),9}{Ms(Echoes.P99),9}" +
        $"{Commands.Count,10}{Ms(Commands.Median),9}{Ms(Commands.P99),9}" +
        $"{Processor.TotalSeconds,8:F2}{Collections,10}{Heap,10}{Private,9}{Pss,9}");

    public static async Task<Phase> MeasureAsync(string name, DaemonProcess daemon, TestClient gauge, SwapReport report, Func<Task> run)
    {
        var before = await Reading.TakeAsync(daemon, gauge);
        report.Take();
        var (began, processor) = (Stopwatch.GetTimestamp(), daemon.ProcessorTime);
        await run();
        var (length, spent, (echoes, commands)) = (Stopwatch.GetElapsedTime(began), daemon.ProcessorTime - processor, report.Take());
        var after = await Reading.TakeAsync(daemon, gauge);
        return new(
            name, length, echoes, commands, spent, after.CollectionsBefore - before.CollectionsAfter,
            after.Heap - before.Heap, after.Private - before.Private, after.Pss - before.Pss);
    }

    private static string Ms(TimeSpan time) => time.TotalMilliseconds.ToString("F2", CultureInfo.InvariantCulture);

    /// <param name="CollectionsBefore">Full collections before this reading.</param>
    /// <param name="CollectionsAfter">The same, with those that this reading caused.</param>
    private sealed record Reading(int CollectionsBefore, int CollectionsAfter, long Heap, long Private, long Pss)
    {
        public static async Task<Reading> TakeAsync(DaemonProcess daemon, TestClient gauge)
        {
            var reply = await gauge.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message("/medir", "geral"));
            var numbers = reply.Text.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToList();
            var (dirty, pss) = daemon.Memory();
            return new((int)numbers[0], (int)numbers[1], numbers[2] / 1024, dirty, pss);
        }
    }
}
