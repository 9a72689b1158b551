using System.Security.Cryptography;
using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Coordination;
using Chat.LoadTest.Daemons;
using Chat.LoadTest.Reports;
using Chat.LoadTest.Screen;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest;

/// <summary>Measures once: workers enter, send, settle and count.</summary>
internal sealed class Measurement(Target target, LoadTexts texts, TimeProvider time, WorkerSource crew)
{
    private readonly MicrosecondClock clock = new(time);

    public async Task<Measured> RunAsync(LoadOptions options, CancellationToken interrupted)
    {
        var workers = crew.CountFor(options.Workers);
        var gathering = new Gathering(options, workers);
        await using var pool = await crew.TakeAsync(workers, gathering.Take, interrupted);
        var stopped = Task.CompletedTask;
        Measured measured;
        using (interrupted.Register(() => stopped = pool.StopAsync())) measured = await MeasureAsync(options, gathering, pool, interrupted);
        await stopped;
        return measured;
    }

    private async Task<Measured> MeasureAsync(LoadOptions options, Gathering gathering, WorkerPool pool, CancellationToken interrupted)
    {
        var date = time.GetUtcNow();
        var sampler = new UsageSampler(target.ProcessId, gathering, clock);
        await using var screen = LiveScreen.Create(gathering, sampler, options, texts, time);
        screen.Say(texts.Entering(options.Users, options.Rooms, pool.Count, $"{target}"));
        await pool.EnterAsync(options, RandomNumberGenerator.GetHexString(8, lowercase: true), target.Daemons, clock);
        var start = clock.Now;
        var measureFrom = start + (options.Warmup * 1_000_000L);
        var from = time.GetUtcNow().AddSeconds(options.Warmup);
        gathering.StartMeasuring(measureFrom);
        sampler.StartMeasuring(measureFrom);
        using var over = new CancellationTokenSource();
        var clocks = pool.KeepClocksAsync(over.Token);
        var warmedUp = UsageAfterWarmupAsync(options.Warmup, interrupted);
        IReadOnlyList<SentSummary> sent;
        await using (sampler.Start())
        {
            await using (screen.Start()) sent = await pool.SendAsync(start, measureFrom);
        }
        screen.Say(texts.Settling);
        await over.CancelAsync();
        await clocks; // a worker that has counted answers no more
        var counted = sent.Count == 0 ? [] : await pool.CountAsync(sent);
        gathering.End();
        var (before, after) = (await warmedUp, ProcessUsage.Of(target.ProcessId));
        var used = before is null || after is null ? null : after with { Seconds = Math.Round(after.Seconds - before.Seconds, 3) };
        var counters = target.Started is null ? null : await DaemonCounters.ReadAsync(target.Started.Metrics);
        var maker = new ReportMaker(options, target, gathering, counted);
        var report = maker.Make(date, measureFrom, sampler.Points, used) with
        {
            Counters = counters,
            Interrupted = interrupted.IsCancellationRequested,
            WorkersDied = pool.Died,
            Workers = pool.Count,
            ClockError = Milliseconds(pool.ClockError),
            ClockDrift = Milliseconds(pool.ClockDrift),
        };
        report = report with { Thresholds = [.. options.FailIf.Select(threshold => threshold.Check(report))] };
        return new(report, gathering.Scenarios, from);
    }

    private static double? Milliseconds(long microseconds) => microseconds > 0 ? Math.Round(microseconds / 1000.0, 3) : null;

    /// <summary>Null after an interrupt, or if the process cannot be read.</summary>
    private async Task<ProcessUsage?> UsageAfterWarmupAsync(int warmup, CancellationToken interrupted)
    {
        await Task.Delay(TimeSpan.FromSeconds(warmup), time, interrupted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return interrupted.IsCancellationRequested ? null : ProcessUsage.Of(target.ProcessId);
    }
}
