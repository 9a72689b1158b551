using System.Diagnostics;

namespace ReadBench;

/// <summary>A user who writes a message now and then, and how long the echoes take.</summary>
internal static class Bystander
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Writes until the task ends.</summary>
    /// <returns>The times of the echoes, ascending.</returns>
    public static async Task<TimeSpan[]> WriteWhileAsync(Task running, RawClient client, string room)
    {
        var times = new List<TimeSpan>();
        while (!running.IsCompleted)
        {
            var began = Stopwatch.GetTimestamp();
            await client.SendAsync($$"""{"type":"message","room":"{{room}}","text":"oi","id":"{{times.Count}}"}""");
            await client.UntilAsync("message");
            times.Add(Stopwatch.GetElapsedTime(began));
            await Task.Delay(Pause);
        }
        await running;
        times.Sort();
        return [.. times];
    }

    public static string Shown(TimeSpan[] times) =>
        FormattableString.Invariant($"{times.Length}, median {Ms(times, 0.5):F1} ms, 99 % {Ms(times, 0.99):F1} ms");

    private static double Ms(TimeSpan[] times, double share) => times[(int)((times.Length - 1) * share)].TotalMilliseconds;
}
