using System.Security.Cryptography;
using Chat.Client.Programs;
using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Daemons;
using Chat.LoadTest.Reports;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest;

/// <summary>One run: a daemon, workers, what they sent, what came, the report.</summary>
internal sealed class LoadRun(LoadOptions options, LoadTexts texts, TimeProvider time)
{
    public async Task<int> RunAsync()
    {
        using var signals = new SignalWatch();
        await using var own = options.Connect is null ? await StartDaemonAsync(signals.Interrupted) : null;
        var daemon = options.Connect ?? new DaemonAddress(own!.Tcp.Address.ToString(), own.Tcp.Port);
        await LimitCheck.ThrowIfInTheWayAsync(daemon, options, texts, signals.Interrupted);
        var processId = own?.ProcessId ?? (daemon.IsThisMachine ? ProcessUsage.FindListener(daemon.Port) : null);
        await using var workers = await WorkForce.StartAsync(options.Workers);
        var stopped = Task.CompletedTask;
        Report report;
        using (signals.Interrupted.Register(() => stopped = workers.StopAsync())) report = await MeasureAsync(daemon, own, processId, workers, signals.Interrupted);
        await stopped;
        Console.Out.Write(options.Json ? report.ToJson() + "\n" : new ReportText(texts).Write(report));
        return report.IsClean ? ExitStatus.Ok : ExitStatus.Failed;
    }

    private async Task<Report> MeasureAsync(DaemonAddress daemon, OwnDaemon? own, int? processId, WorkForce workers, CancellationToken interrupted)
    {
        var progress = new ProgressLine(workers, texts, time);
        progress.Say(texts.Entering(options.Users, options.Rooms, options.Workers, $"{daemon}"));
        await workers.BeginAsync(options, RandomNumberGenerator.GetHexString(8, lowercase: true), daemon);
        await workers.ReadyAsync();
        var start = new MicrosecondClock(time).Now + (options.Warmup * 1_000_000L);
        var warmedUp = UsageAfterWarmupAsync(processId, interrupted);
        IReadOnlyList<SenderEnd> senders;
        await using (progress.Begin()) senders = await workers.SendAsync(start);
        progress.Say(texts.Settling);
        var counted = await workers.CountAsync(senders);
        var (before, after) = (await warmedUp, ProcessUsage.Of(processId));
        progress.Clear();
        var report = new Report(options, counted, workers.Died)
        {
            Daemon = own is null ? $"{daemon}" : null,
            Durability = own is null ? null : options.Durability,
            FileSystem = own?.FileSystem,
            DaemonEnded = own?.Ended,
            Interrupted = interrupted.IsCancellationRequested,
            Counters = own is null ? null : await DaemonCounters.ReadAsync(own.Metrics),
            Usage = before is null || after is null ? null : after with { Seconds = Math.Round(after.Seconds - before.Seconds, 3) },
        };
        var last = counted.Select(one => one.LastDelivery).DefaultIfEmpty().Max();
        return report with { Seconds = last == 0 ? 0 : Math.Max(0, (last - start) / 1e6) };
    }

    /// <summary>Null where it was interrupted, or there is nothing to see.</summary>
    private async Task<ProcessUsage?> UsageAfterWarmupAsync(int? processId, CancellationToken interrupted)
    {
        await Task.Delay(TimeSpan.FromSeconds(options.Warmup), time, interrupted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return interrupted.IsCancellationRequested ? null : ProcessUsage.Of(processId);
    }

    private async Task<OwnDaemon> StartDaemonAsync(CancellationToken interrupted)
    {
        try
        {
            return await OwnDaemon.StartAsync(options.Durability, interrupted) ?? throw new LoadException(ExitStatus.NoDaemon, texts.NoDaemon);
        }
        catch (DaemonStartException e)
        {
            throw new LoadException(ExitStatus.NoDaemon, texts.DaemonDidNotStart(e.Message));
        }
        catch (OperationCanceledException)
        {
            throw new LoadException(ExitStatus.Failed, texts.StoppedBeforeBegin);
        }
    }
}
