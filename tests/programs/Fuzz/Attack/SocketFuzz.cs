using System.Diagnostics;
using Chat.TestKit;

namespace Fuzz.Attack;

/// <summary>
/// Mutated frames against the real daemon, in a process of its own. Meanwhile somebody in another room goes on chatting, and must get
/// every echo.
/// </summary>
internal static class SocketFuzz
{
    private const int Attackers = 4;

    /// <summary>No limits on rates: what is refused for its rate reaches no parser.</summary>
    private static readonly string[] Unlimited =
    [
        "--Chat:Limits:MessagesPerSecond=0", "--Chat:Limits:ConnectionsPerAddress=0", "--Chat:Limits:LoginsPerMinute=0",
        "--Chat:History:Durability=normal",
    ];

    public static async Task<SocketReport> RunAsync(int frames, ulong seed)
    {
        var began = Stopwatch.GetTimestamp();
        var problems = new List<string>();
        await using var daemon = await ProcessDaemon.StartAsync(Unlimited);
        await using var bystander = await Bystander.EnterAsync(daemon.Port);
        using var over = new CancellationTokenSource();
        var chatting = bystander.ChatAsync(over.Token);
        var attackers = Enumerable.Range(0, Attackers)
            .Select(i => new Attacker(daemon.Port, $"mau{i}", new FuzzRandom(seed + ((ulong)i << 32)))).ToList();
        try
        {
            await Task.WhenAll(attackers.Select(a => a.SendAsync(frames / Attackers)));
            await over.CancelAsync();
            await chatting;
        }
        catch (Exception e) when (e is ExpectationException or IOException)
        {
            problems.Add(e.Message);
        }
        daemon.Terminate();
        if (await daemon.ExitAsync() is not 0 and var status) problems.Add($"The daemon ended with status {status}.");
        problems.AddRange(DaemonLog.ProblemsOf(daemon));
        var (sent, connections) = (attackers.Sum(a => a.Sent), attackers.Sum(a => a.Connections));
        return new(sent, connections, bystander.Echoes, Stopwatch.GetElapsedTime(began), problems);
    }
}
