using System.Diagnostics;
using CrashChecker.Clients;
using CrashChecker.Daemons;
using CrashChecker.Judging;
using CrashChecker.Power;

namespace CrashChecker.Disks;

/// <summary>
/// Makes calls on the daemon's files fail while clients talk. Nothing echoed may be lost, nothing refused may be stored, and once the
/// disk works again the daemon does too.
/// </summary>
internal sealed class DiskRun : IDisposable
{
    private const int DatabaseUnusable = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DiskOptions options;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-disk-");
    private readonly Random random;
    private readonly Judge judge = new();
    private readonly Observations observations;
    private readonly Lives lives;
    private readonly Crowd crowd;
    private readonly FaultControl control;
    private readonly string trace;
    private int faults;

    public DiskRun(DiskOptions options, Shim shim)
    {
        (this.options, random) = (options, new Random(options.Seed));
        trace = Path.Combine(folder.FullName, "trace");
        control = new FaultControl(Path.Combine(folder.FullName, "faults"));
        var launch = new DaemonLaunch(options.Program, folder.FullName);
        launch = launch with { Environment = shim.Environment(launch.Data, trace, Path.Combine(folder.FullName, "faults")) };
        observations = new Observations(judge.See);
        lives = new Lives(() => launch, (kind, text) => judge.Report(kind, "the daemon", text));
        crowd = new Crowd(options.Seed, lives.PortAsync, observations);
    }

    public async Task<Report> RunAsync(Action<string> progress)
    {
        var time = Stopwatch.StartNew();
        if (await lives.StartAsync())
        {
            await crowd.EnterAsync(["sala-1", "sala-2"]);
            for (var round = 0; round < options.Rounds && time.Elapsed < options.Most; round++)
            {
                if (!await RoundAsync()) break;
                progress($"{faults} faults, {observations.Echoes} echoes, {judge.Findings.Count} findings, {time.Elapsed:hh\\:mm\\:ss}");
            }
            judge.Moment = "at the end";
            await crowd.LeaveAsync(Patience);
            await lives.StopAsync();
            DatabaseCheck.Run(Path.Combine(lives.Launch.Data, "chat.db"), text => judge.Report(FindingKind.Unusable, "the database", text));
        }
        judge.Finish();
        return Report(time.Elapsed);
    }

    public void Dispose()
    {
        crowd.Dispose();
        lives.Dispose();
        if (judge.Findings.Count == 0) folder.Delete(recursive: true);
    }

    /// <summary>Each fault once, in an order that the seed chooses. The daemon runs before and after.</summary>
    private async Task<bool> RoundAsync()
    {
        foreach (var fault in ((DiskFault[])[.. DiskFault.UnderLoad, .. DiskFault.AtStart]).OrderBy(_ => random.Next()).ToList())
        {
            judge.Moment = fault.Name;
            faults++;
            if (DiskFault.AtStart.Contains(fault)) await FailStartAsync(fault);
            else await DisturbAsync(fault);
            control.Clear();
            if (!await lives.StartAsync()) return false;
            await EchoesComeAsync();
        }
        return true;
    }

    private async Task DisturbAsync(DiskFault fault)
    {
        control.Apply(fault, random.Next(40));
        await Task.Delay(random.Next(200, 700));
        if (!fault.LastsUntilEnd)
        {
            control.Clear();
            await EchoesComeAsync();
        }
        if (random.Next(2) == 0) await lives.KillAsync();
        else await lives.StopAsync();
    }

    /// <summary>A daemon that cannot use its database says so with its status, or starts nevertheless.</summary>
    private async Task FailStartAsync(DiskFault fault)
    {
        await lives.KillAsync();
        control.Apply(fault, 0);
        lives.Begin();
        await Task.WhenAny(lives.Current.Port, lives.Current.Exited, Task.Delay(Patience));
        if (!lives.Current.Exited.IsCompleted) await lives.KillAsync();
        else if (lives.Current.ExitCode != DatabaseUnusable)
            judge.Report(FindingKind.Unusable, "the daemon", $"it ended with status {lives.Current.ExitCode}: {lives.Current.LastLines}");
    }

    private async Task EchoesComeAsync()
    {
        var echo = observations.MoreEchoesAsync(1);
        if (await Task.WhenAny(echo, Task.Delay(Patience)) != echo)
            judge.Report(FindingKind.Unanswered, "the daemon", $"no echo for {Patience.TotalSeconds} s after the disk works again");
    }

    private Report Report(TimeSpan time)
    {
        var failed = TraceRecord.ReadAll(trace)
            .Count(record => record is { Kind: RecordKind.Failed } or { Kind: RecordKind.Synced, Result: < 0 });
        return new(judge.Findings, observations.Echoes)
        {
            Lines =
            [
                $"seed {options.Seed}, {time.TotalSeconds:0} s, {lives.Starts} starts",
                $"{faults} faults, which made {failed} calls fail",
                observations.Summary,
                .. lives.LoggedErrors.Select(error => $"the daemon logged {error.Value} times: {error.Key}"),
            ],
        };
    }
}
