using System.Diagnostics;
using CrashChecker.Daemons;
using CrashChecker.Judging;

namespace CrashChecker.Power;

/// <summary>
/// Records what the daemon writes and syncs under load, builds files that a power loss could have left, and lets the judge compare what
/// the daemon makes of them with what clients had seen. What comes of it may lose its power again, also while it recovers.
/// </summary>
internal sealed class PowerRun(PowerOptions options, Shim shim, Action<string> progress)
{
    private const int Chained = 3;

    private readonly Random random = new(options.Seed);
    private readonly List<Finding> findings = [];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-power-");
    private (int Lives, int Losses, long Calls, long Syncs, long Echoes, long Compared, long Forgotten) counts;

    private bool MayForget => options.Durability != "full";

    public async Task<Report> RunAsync()
    {
        var time = Stopwatch.StartNew();
        while (counts.Lives < options.Lives && time.Elapsed < options.Most)
        {
            var recording = await RecordAsync(++counts.Lives);
            for (var loss = 1; loss <= options.LossesPerLife && time.Elapsed < options.Most; loss++) await LoseAsync(recording, depth: 1);
            progress($"{counts.Lives} runs, {counts.Losses} power losses, {findings.Count} findings, {time.Elapsed:hh\\:mm\\:ss}");
            if (findings.Count > 0) break; // its folders are kept
            foreach (var old in folder.EnumerateDirectories()) old.Delete(recursive: true);
        }
        if (findings.Count == 0) folder.Delete(recursive: true);
        else progress($"kept for a look: {folder.FullName}");
        return new(findings, counts.Compared)
        {
            Lines =
            [
                $"seed {options.Seed}, durability {options.Durability}, {time.Elapsed.TotalSeconds:0} s",
                $"{counts.Lives} recorded runs: {counts.Calls} calls on files, {counts.Syncs} of them syncs; {counts.Echoes} echoes",
                $"{counts.Losses} power losses; {counts.Compared} messages compared, {counts.Forgotten} lost as allowed",
            ],
        };
    }

    private async Task<Recording> RecordAsync(int life)
    {
        var place = folder.CreateSubdirectory($"life-{life}");
        var (launch, trace) = Launch(place.FullName);
        var faults = random.Next(3) == 0 ? FailingSync() : "";
        var judge = new Judge { Moment = $"run {life}" };
        var recording = await Recorder.RecordAsync(
            launch, trace, () => File.WriteAllTextAsync(Control(place.FullName), faults), options, random, judge);
        findings.AddRange(judge.Findings);
        counts.Calls += recording.Trace.Count;
        counts.Syncs += recording.Trace.Count(record => record.Kind == RecordKind.Synced);
        counts.Echoes += recording.Observations.Count(observation => observation is Observation.Echoed);
        return recording;
    }

    private async Task LoseAsync(Recording recording, int depth)
    {
        var place = folder.CreateSubdirectory($"loss-{++counts.Losses}");
        var calls = recording.ChooseMoment(random);
        var before = Path.Combine(place.FullName, "before");
        var (launch, trace) = Launch(place.FullName);
        var left = recording.DiskAfter(calls, options.DiskForgets).AfterPowerLoss(options.DiskForgets ? null : random);
        foreach (var target in (string[])[before, launch.Data]) Write(left, recording.Root, target);
        var judge = new Judge { Moment = $"loss {counts.Losses}, after call {calls} of {recording.Trace.Count}" };
        using var aftermath = new Aftermath(launch, recording.Plans, judge, MayForget);
        var seen = await aftermath.RunAsync(Histories.Before(recording, calls, MayForget));
        findings.AddRange(judge.Findings);
        counts.Compared += judge.Compared;
        counts.Forgotten += judge.Forgotten;
        var next = new Recording(launch.Data, before, TraceRecord.ReadAll(trace), seen) { Plans = recording.Plans };
        if (judge.Findings.Count > 0) return; // keep the folder
        Recorder.CheckCompleteness(next);
        if (depth < Chained && random.Next(3) == 0) await LoseAsync(next, depth + 1);
        place.Delete(recursive: true);
    }

    private (DaemonLaunch Launch, string Trace) Launch(string place)
    {
        var trace = Path.Combine(place, "trace");
        var launch = new DaemonLaunch(options.Program, place) { Durability = options.Durability };
        return (launch with { Environment = shim.Environment(launch.Data, trace, Control(place)) }, trace);
    }

    private static string Control(string place) => Path.Combine(place, "faults");

    private string FailingSync() =>
        $"sync *{(random.Next(2) == 0 ? "-wal" : "chat.db")} {random.Next(2, 60)} {random.Next(1, 4)} error EIO\n";

    private static void Write(Dictionary<string, byte[]> files, string root, string target)
    {
        foreach (var (path, content) in files)
        {
            if (path.EndsWith("-shm", StringComparison.Ordinal)) continue; // built anew
            var copy = Path.Combine(target, Path.GetRelativePath(root, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, content);
        }
        Directory.CreateDirectory(target);
    }
}
