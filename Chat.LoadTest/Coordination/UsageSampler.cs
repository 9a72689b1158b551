using System.Diagnostics;
using Chat.LoadTest.Daemons;
using Chat.LoadTest.Reports;

namespace Chat.LoadTest.Coordination;

/// <summary>Looks once a second at what the daemon and this program use.</summary>
internal sealed class UsageSampler(int? daemon, Gathering gathering, MicrosecondClock clock)
{
    private readonly Lock gate = new();
    private readonly List<UsagePoint> points = [];
    private (long At, ProcessUsage? Daemon, double Tester)? before;
    private long measureFrom = long.MaxValue;
    private ITimer? timer;
    private UsagePoint? newest;

    public IReadOnlyList<UsagePoint> Points
    {
        get { lock (gate) return [.. points]; }
    }

    public UsagePoint? Newest
    {
        get { lock (gate) return newest; }
    }

    public void StartMeasuring(long from)
    {
        lock (gate) measureFrom = from;
    }

    /// <summary>Samples until disposed.</summary>
    public IAsyncDisposable Start()
    {
        var second = TimeSpan.FromSeconds(gathering.Width);
        timer = clock.Time.CreateTimer(_ => Sample(), null, TimeSpan.Zero, second);
        return timer;
    }

    private void Sample()
    {
        lock (gate)
        {
            var (seconds, bytes) = gathering.WorkerUsage;
            using var self = Process.GetCurrentProcess();
            var now = (At: clock.Now, Daemon: ProcessUsage.Of(daemon), Tester: seconds + self.TotalProcessorTime.TotalSeconds);
            if (before is { } last && now.At > last.At)
            {
                var elapsed = (now.At - last.At) / 1e6;
                if (elapsed < gathering.Width / 2.0) return; // a late look and the next one: too short to say anything
                newest = new(
                    Math.Round((now.At - measureFrom) / 1e6, 1),
                    now.Daemon is null || last.Daemon is null ? null : Percent(now.Daemon.Seconds - last.Daemon.Seconds, elapsed),
                    now.Daemon is null ? null : Math.Round(now.Daemon.Now / 1_048_576.0, 1),
                    Percent(now.Tester - last.Tester, elapsed),
                    Math.Round((bytes + self.WorkingSet64) / 1_048_576.0, 1));
                if (measureFrom != long.MaxValue && now.At >= measureFrom) points.Add(newest);
            }
            before = now;
        }
    }

    private static double Percent(double used, double elapsed) => Math.Round(Math.Max(0, used) * 100 / elapsed, 1);
}
