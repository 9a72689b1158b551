using CrashChecker.Clients;
using CrashChecker.Daemons;
using CrashChecker.Judging;

namespace CrashChecker.Power;

/// <summary>Runs the daemon under load and records what it does to the disk.</summary>
internal static class Recorder
{
    /// <param name="launch">On an empty folder, with the library preloaded.</param>
    /// <param name="trace">The library's file.</param>
    /// <param name="breakDisk">Called once everybody has entered: nobody enters a daemon whose disk fails.</param>
    public static async Task<Recording> RecordAsync(
        DaemonLaunch launch, string trace, Func<Task> breakDisk, PowerOptions options, Random random, Judge judge)
    {
        var seen = new List<Observation>();
        var observations = new Observations(seen.Add);
        using var lives = new Lives(() => launch, (kind, text) => judge.Report(kind, "the daemon", text));
        using var crowd = new Crowd(random.Next(), lives.PortAsync, observations) { Adjust = HeavyTexts };
        if (!await lives.StartAsync()) throw new InvalidOperationException($"the daemon does not start: {lives.Current.LastLines}");
        await crowd.EnterAsync(["sala-1", "sala-2"]);
        await breakDisk();
        await Task.Delay(options.Load);
        if (random.Next(3) > 0) await lives.StopAsync();
        else await lives.KillAsync();
        await crowd.AbandonAsync();
        var recording = new Recording(launch.Data, "", TraceRecord.ReadAll(trace), seen) { Plans = crowd.Plans };
        CheckCompleteness(recording);
        return recording;
    }

    /// <summary>The trace must make the very files that are there: else the library has missed a write.</summary>
    /// <exception cref="InvalidOperationException">It has.</exception>
    public static void CheckCompleteness(Recording recording)
    {
        var missed = recording.Trace.Where(record => record.Kind == RecordKind.Mapped && !IsIndex(record.Name))
            .Select(record => record.Name);
        var replayed = recording.DiskAfter(recording.Trace.Count).Current;
        foreach (var path in Directory.EnumerateFiles(recording.Root, "*", SearchOption.AllDirectories).Where(path => !IsIndex(path)))
            if (!File.ReadAllBytes(path).AsSpan().SequenceEqual(replayed.GetValueOrDefault(path))) missed = missed.Append(path);
        if (missed.ToList() is { Count: > 0 } all)
            throw new InvalidOperationException($"the preloaded library has missed writes to {string.Join(", ", all)}");
    }

    /// <summary>SQLite maps this file and builds it anew after a crash; the socket holds no bytes.</summary>
    private static bool IsIndex(string path) =>
        path.EndsWith("-shm", StringComparison.Ordinal) || path.EndsWith(".sock", StringComparison.Ordinal);

    /// <summary>So that checkpoints happen within seconds.</summary>
    private static ChatterPlan HeavyTexts(ChatterPlan plan) => plan with { LongTexts = 0.5, Burst = 20 };
}
