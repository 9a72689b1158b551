using System.Diagnostics;
using CrashChecker.Clients;
using CrashChecker.Daemons;
using CrashChecker.Judging;

namespace CrashChecker.Kills;

/// <summary>Kills the daemon again and again while clients talk, and lets the judge compare what they see.</summary>
internal sealed class KillRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly KillOptions options;
    private readonly Judge judge = new();
    private readonly Observations observations;
    private readonly Lives lives;
    private readonly Crowd crowd;

    private KillRun(KillOptions options, string folder)
    {
        this.options = options;
        var launch = new DaemonLaunch(options.Program, folder);
        observations = new Observations(judge.See);
        lives = new Lives(() => launch, (kind, text) => judge.Report(kind, "the daemon", text));
        crowd = new Crowd(options.Seed, lives.PortAsync, observations);
        Plugins = new PluginVersions(launch.DropFolder);
        Schedule = new KillSchedule(options.Seed, lives, observations, Plugins, () => crowd.Rooms[0]);
    }

    private PluginVersions Plugins { get; }

    private KillSchedule Schedule { get; }

    /// <param name="progress">Gets a line now and then.</param>
    public static async Task<Report> RunAsync(KillOptions options, Action<string> progress)
    {
        var folder = Directory.CreateTempSubdirectory("chat-crash-");
        using var run = new KillRun(options, folder.FullName);
        var report = await run.RunAsync(progress);
        if (report.Findings.Count > 0) progress($"kept for a look: {folder.FullName}");
        else folder.Delete(recursive: true);
        return report;
    }

    public void Dispose()
    {
        crowd.Dispose();
        lives.Dispose();
    }

    private int Killed => Schedule.Kills.Values.Sum();

    private async Task<Report> RunAsync(Action<string> progress)
    {
        var time = Stopwatch.StartNew();
        Plugins.DropNext();
        if (await lives.StartAsync())
        {
            await crowd.EnterAsync(RoomsOf(0));
            for (var round = 1; Killed < options.Kills && time.Elapsed < options.Most; round++)
            {
                if (!await RoundAsync(round)) return Report(time.Elapsed);
                if (round % 10 == 0) ShowProgress(time.Elapsed, progress);
            }
            judge.Moment = "at the end";
            await crowd.LeaveAsync(Patience);
            await lives.StopAsync();
            DatabaseCheck.Run(Path.Combine(lives.Launch.Data, "chat.db"), text => judge.Report(FindingKind.Unusable, "the database", text));
        }
        judge.Finish();
        return Report(time.Elapsed);
    }

    private void ShowProgress(TimeSpan time, Action<string> progress)
    {
        progress($"{Killed} kills, {observations.Echoes} echoes, {judge.Findings.Count} findings, {time:hh\\:mm\\:ss}");
        if (judge.Findings.Count > 0) progress($"the last: {judge.Findings[^1]}");
    }

    private async Task<bool> RoundAsync(int round)
    {
        var moment = Schedule.NextMoment();
        judge.Moment = $"round {round}, {moment}";
        if (round % options.KillsPerEra == 0) crowd.MoveTo(RoomsOf(round / options.KillsPerEra));
        await crowd.ChangeVisitorAsync();
        await Schedule.KillAtAsync(moment);
        if (!await lives.StartAsync()) return false;
        if (Schedule.TakeDoomed() is { } room && await room.JudgeAsync(await lives.Current.Port) is { } broken)
            judge.Report(FindingKind.HalfDeleted, room.Key, broken);
        return true;
    }

    private string[] RoomsOf(int era) => [.. Enumerable.Range(1, options.Rooms).Select(room => $"sala-{era}-{room}")];

    private Report Report(TimeSpan time) => new(judge.Findings, observations.Echoes)
    {
        Lines =
        [
            $"seed {options.Seed}, {time.TotalSeconds:0} s, {lives.Starts} starts, {Schedule.CleanStops} clean stops",
            $"{Killed} kills: {string.Join(", ", Schedule.Kills.Select(kill => $"{kill.Key} {kill.Value}"))}",
            observations.Summary,
            judge.ChangesSummary,
            .. lives.LoggedErrors.Select(error => $"the daemon logged {error.Value} times: {error.Key}"),
        ],
    };
}
