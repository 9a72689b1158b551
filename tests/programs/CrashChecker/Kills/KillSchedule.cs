using System.Net.Sockets;
using System.Text.RegularExpressions;
using CrashChecker.Clients;
using CrashChecker.Daemons;
using CrashChecker.Judging;

namespace CrashChecker.Kills;

/// <summary>Kills the daemon at moments that a seed chooses. Between kills it runs, unless a moment says otherwise.</summary>
internal sealed partial class KillSchedule(
    int seed, Lives lives, Observations observations, PluginVersions plugins, Func<string> limitedRoom)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Messages of a room whose number is limited.</summary>
    private const int Kept = 100;

    private readonly Random random = new(seed);
    private readonly KillMoment[] moments = Enum.GetValues<KillMoment>();
    private Queue<KillMoment> next = [];
    private DoomedRoom? doomed;
    private int deletions;

    public SortedDictionary<KillMoment, int> Kills { get; } = [];

    /// <summary>Times that the daemon was faster than the kill.</summary>
    public int CleanStops { get; private set; }

    /// <summary>Each moment comes once before any comes again.</summary>
    public KillMoment NextMoment()
    {
        if (next.Count == 0) next = new([.. moments.OrderBy(_ => random.Next())]);
        return next.Dequeue();
    }

    /// <summary>The room that was being deleted at the last kill, once; null if there is none.</summary>
    public DoomedRoom? TakeDoomed()
    {
        var taken = doomed;
        doomed = null;
        return taken;
    }

    /// <summary>Kills the daemon at that moment, and leaves it dead.</summary>
    public async Task KillAtAsync(KillMoment moment)
    {
        await UntilAsync(moment);
        await KillAsync(moment);
    }

    private async Task KillAsync(KillMoment moment)
    {
        if (await lives.KillAsync()) Kills[moment] = Kills.GetValueOrDefault(moment) + 1;
        else CleanStops++;
    }

    private Task UntilAsync(KillMoment moment) => moment switch
    {
        KillMoment.UnderLoad => AfterAsync(random.Next(600)),
        KillMoment.AtAnEcho => Task.WhenAny(observations.MoreEchoesAsync(random.Next(1, 200)), Task.Delay(Patience)),
        KillMoment.InRecovery => InRecoveryAsync(random.NextDouble()),
        KillMoment.InPluginStart => InPluginStartAsync(random.Next(100)),
        KillMoment.InShutdown => InShutdownAsync(random.Next(150)),
        KillMoment.InTermination => InTerminationAsync(random.Next(150)),
        KillMoment.InBackup => InBackupAsync(random.Next(60)),
        KillMoment.InRetention => InRetentionAsync(random.Next(60)),
        KillMoment.InRoomDeletion => InRoomDeletionAsync(random.Next(2) == 0 ? random.Next(20) : random.Next(500)),
        KillMoment.InSwap => InSwapAsync(random.Next(400)),
        _ => AfterSwapAsync(random.Next(20)),
    };

    /// <summary>Echoes must come first, or nothing is in flight.</summary>
    private async Task AfterAsync(int milliseconds)
    {
        await Task.WhenAny(observations.MoreEchoesAsync(1), Task.Delay(Patience));
        await Task.Delay(milliseconds);
    }

    private async Task InRecoveryAsync(double part)
    {
        await AfterAsync(random.Next(200));
        await KillAsync(KillMoment.UnderLoad);
        lives.Begin();
        await Task.Delay(lives.StartTime * part);
    }

    private async Task InPluginStartAsync(int milliseconds)
    {
        await AfterAsync(random.Next(200));
        await KillAsync(KillMoment.UnderLoad);
        lives.Begin();
        await Task.WhenAny(lives.Current.LineAsync(Active()), lives.Current.Exited, Task.Delay(Patience));
        await Task.Delay(milliseconds);
    }

    private async Task InShutdownAsync(int milliseconds)
    {
        await AfterAsync(random.Next(200));
        await Admin.ShutDownAsync(await lives.Current.Port);
        await Task.WhenAny(lives.Current.Exited, Task.Delay(milliseconds));
    }

    private async Task InTerminationAsync(int milliseconds)
    {
        await AfterAsync(random.Next(200));
        lives.Current.Terminate();
        await Task.WhenAny(lives.Current.Exited, Task.Delay(milliseconds));
    }

    /// <summary>Asks as <c>chatd backup</c> does, and takes nothing.</summary>
    private async Task InBackupAsync(int milliseconds)
    {
        await AfterAsync(0);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(lives.Launch.Data, "control.sock")));
        await socket.SendAsync("{\"command\":\"backup\"}\n"u8.ToArray());
        await Task.Delay(milliseconds);
    }

    private async Task InRetentionAsync(int milliseconds)
    {
        await AfterAsync(random.Next(200));
        var room = limitedRoom();
        observations.Add(new Observation.Limited($"room:{room}", Kept));
        await Admin.ConfirmAsync(await lives.Current.Port, room, $"/retencao mensagens {Kept}");
        await Task.Delay(milliseconds);
    }

    private async Task InRoomDeletionAsync(int milliseconds)
    {
        await AfterAsync(0);
        doomed = new DoomedRoom(++deletions);
        await doomed.FillAsync(await lives.Current.Port);
        await doomed.BeginDeletionAsync(await lives.Current.Port);
        await Task.Delay(milliseconds);
    }

    private async Task InSwapAsync(int milliseconds)
    {
        await AfterAsync(0);
        plugins.DropNext();
        await Task.Delay(milliseconds);
    }

    private async Task AfterSwapAsync(int milliseconds)
    {
        await AfterAsync(0);
        plugins.DropNext();
        await Task.WhenAny(lives.Current.LineAsync(Replaced()), Task.Delay(TimeSpan.FromSeconds(3)));
        await Task.Delay(milliseconds);
    }

    [GeneratedRegex(@"Plugin \S+ .* is active")]
    private static partial Regex Active();

    [GeneratedRegex(@"Plugin versioned \S+ .*is active in place of")]
    private static partial Regex Replaced();
}
