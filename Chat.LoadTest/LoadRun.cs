using System.Security.Cryptography;
using Chat.Client.Programs;
using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Daemons;
using Chat.LoadTest.Reports;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest;

/// <summary>One run, from starting the daemon and the workers to printing the report.</summary>
internal sealed class LoadRun(LoadOptions options, LoadTexts texts, TimeProvider time)
{
    public async Task<int> RunAsync()
    {
        using var signals = new SignalWatch();
        await using var started = options.Connect is null ? await StartDaemonAsync(signals.Interrupted) : null;
        var daemon = options.Connect ?? new DaemonAddress(started!.Tcp.Address.ToString(), started.Tcp.Port);
        await LimitCheck.ThrowIfTooLowAsync(daemon, options, texts, signals.Interrupted);
        var processId = started?.ProcessId ?? (daemon.IsThisMachine ? ProcessUsage.FindListener(daemon.Port) : null);
        await using var workers = await WorkerPool.StartAsync(options.Workers);
        var stopped = Task.CompletedTask;
        Report report;
        using (signals.Interrupted.Register(() => stopped = workers.StopAsync()))
            report = await MeasureAsync(daemon, started, processId, workers, signals.Interrupted);
        await stopped;
        Console.Out.Write(options.Json ? report.ToJson() + "\n" : new ReportText(texts).Write(report));
        return report.IsClean ? ExitStatus.Ok : ExitStatus.Failed;
    }

    private async Task<Report> MeasureAsync(
        DaemonAddress daemon, TemporaryDaemon? started, int? processId, WorkerPool workers, CancellationToken interrupted)
    {
        var progress = new ProgressLine(workers, texts, time);
        progress.Show(texts.Entering(options.Users, options.Rooms, options.Workers, $"{daemon}"));
        await workers.EnterAsync(options, RandomNumberGenerator.GetHexString(8, lowercase: true), daemon);
        var measureFrom = new MicrosecondClock(time).Now + (options.Warmup * 1_000_000L);
        var warmedUp = UsageAfterWarmupAsync(processId, interrupted);
        IReadOnlyList<SenderSummary> senders;
        await using (progress.StartCounting()) senders = await workers.SendAsync(measureFrom);
        progress.Show(texts.Settling);
        var counted = await workers.CountAsync(senders);
        var (before, after) = (await warmedUp, ProcessUsage.Of(processId));
        progress.Clear();
        var report = new Report(options, counted, workers.Died)
        {
            Daemon = started is null ? $"{daemon}" : null,
            Durability = started is null ? null : options.Durability,
            FileSystem = started?.FileSystem,
            DaemonEnded = started?.Ended,
            Interrupted = interrupted.IsCancellationRequested,
            Counters = started is null ? null : await DaemonCounters.ReadAsync(started.Metrics),
            Usage = before is null || after is null ? null : after with { Seconds = Math.Round(after.Seconds - before.Seconds, 3) },
        };
        var last = counted.Select(reply => reply.LastDelivery).DefaultIfEmpty().Max();
        return report with { Seconds = last == 0 ? 0 : Math.Max(0, (last - measureFrom) / 1e6) };
    }

    /// <summary>Null after an interrupt, or if the process cannot be read.</summary>
    private async Task<ProcessUsage?> UsageAfterWarmupAsync(int? processId, CancellationToken interrupted)
    {
        var warmup = Task.Delay(TimeSpan.FromSeconds(options.Warmup), time, interrupted);
        await warmup.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return interrupted.IsCancellationRequested ? null : ProcessUsage.Of(processId);
    }

    private async Task<TemporaryDaemon> StartDaemonAsync(CancellationToken interrupted)
    {
        try
        {
            return await TemporaryDaemon.StartAsync(options.Durability, interrupted)
                ?? throw new LoadException(ExitStatus.NoDaemon, texts.NoDaemon);
        }
        catch (DaemonStartException e)
        {
            throw new LoadException(ExitStatus.NoDaemon, texts.DaemonDidNotStart(e.Message));
        }
        catch (OperationCanceledException)
        {
            throw new LoadException(ExitStatus.Failed, texts.StoppedBeforeStart);
        }
    }
}
