using Chat.Client.Programs;
using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Coordination;
using Chat.LoadTest.Daemons;
using Chat.LoadTest.Reports;
using Chat.LoadTest.Wire;

namespace Chat.LoadTest;

/// <summary>One run of the program, from starting the daemon to printing and writing the report.</summary>
/// <param name="crew">Where the workers come from.</param>
internal sealed class LoadRun(LoadOptions options, LoadTexts texts, TimeProvider time, WorkerSource crew)
{
    public async Task<int> RunAsync()
    {
        using var signals = new SignalWatch();
        var folder = options.Report is { } path ? ReportFolder.Open(path, texts) : null; // better now than after the run
        await using var started = options.Connect.Count == 0 ? await StartDaemonAsync(signals.Interrupted) : null;
        IReadOnlyList<DaemonAddress> daemons = started is null ? options.Connect : [AddressOf(started)];
        if (WireProtocol.IsChat(options.Protocol))
            foreach (var daemon in daemons) await LimitCheck.ThrowIfTooLowAsync(daemon, options, texts, signals.Interrupted);
        var target = new Target(daemons, started, started?.ProcessId ?? ProcessOf(daemons));
        var measurement = new Measurement(target, texts, time, crew);
        var measured = options.FindCapacity
            ? await new CapacitySearch(measurement, texts).FindAsync(options, signals.Interrupted)
            : await measurement.RunAsync(options, signals.Interrupted);
        var report = measured.Report;
        Console.Out.Write(options.Json ? report.ToJson() + "\n" : new ReportText(texts).Write(report));
        folder?.Write(report);
        folder?.WriteHistograms(measured.Scenarios, measured.From);
        return report.IsGood ? ExitStatus.Ok : ExitStatus.Failed;
    }

    private DaemonAddress AddressOf(TemporaryDaemon started) =>
        new(started.Tcp.Address.ToString(), options.Protocol == "websocket" ? started.Metrics.Port : started.Tcp.Port);

    private static int? ProcessOf(IReadOnlyList<DaemonAddress> daemons) =>
        daemons is [{ IsThisMachine: true } only] ? ProcessUsage.FindListener(only.Port) : null;

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
