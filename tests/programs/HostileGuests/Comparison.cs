using System.Globalization;

namespace HostileGuests;

/// <summary>Runs the attacks, and prints a row for each.</summary>
internal static class Comparison
{
    private const int Bystanders = 5;

    /// <summary>Seconds.</summary>
    private const int WarmUp = 3;

    public static async Task<int> RunAsync(Options options)
    {
        using var folder = new DaemonFolder();
        await using (var unlimited = await AttackedDaemon.StartAsync(options.Daemon, folder, "--Chat:Limits:MessagesPerSecond=0"))
            await Bystander.FillAsync(unlimited.Port, messages: 2_000);
        await using var sink = OwnProcess.Start("--sink");
        var sinkPort = await sink.PortAsync();
        Console.WriteLine($"{options.Pairs} pairs of {options.Seconds} s each, {Bystanders} bystanders");
        Console.WriteLine(Row.Header);
        var worst = 0.0;
        foreach (var attack in options.Attacks)
        {
            folder.DeleteLogs();
            await using var daemon = await AttackedDaemon.StartAsync(options.Daemon, folder);
            await MeasureAsync(daemon, folder, attack, (sinkPort, sinkPort), WarmUp); // a fresh daemon still compiles its code
            var row = new Row(attack);
            for (var pair = 0; pair < options.Pairs; pair++)
            {
                row.Add(await MeasureAsync(daemon, folder, attack, (sinkPort, sinkPort), options.Seconds), isDaemon: false);
                row.Add(await MeasureAsync(daemon, folder, attack, (daemon.Port, daemon.HttpPort), options.Seconds), isDaemon: true);
            }
            Console.WriteLine(row);
            worst = Math.Max(worst, row.Ratio);
        }
        return worst <= 2 ? 0 : 1;
    }

    /// <param name="target">Where the attackers connect to, by TCP and by HTTP.</param>
    private static async Task<Measurement> MeasureAsync(
        AttackedDaemon daemon, DaemonFolder folder, Attack attack, (int Tcp, int Http) target, int seconds)
    {
        List<Bystander> bystanders = [];
        for (var i = 0; i < Bystanders; i++) bystanders.Add(await Bystander.JoinAsync(daemon.Port, 2 + i));
        var (cpu, bytes) = (daemon.Cpu, folder.LogBytes);
        await using var attacker = OwnProcess.Start("--attack", attack.Name, $"{target.Tcp}", $"{target.Http}", $"{seconds}");
        using var over = new CancellationTokenSource();
        var running = Task.WhenAll(bystanders.Select(bystander => bystander.RunAsync(over.Token)));
        var result = attacker.ResultAsync();
        await Task.WhenAny(result, running); // a bystander that is thrown out ends the run
        await over.CancelAsync();
        await running;
        var counts = (await result).Split(' ').Select(count => long.Parse(count, CultureInfo.InvariantCulture)).ToList();
        var echoes = bystanders.SelectMany(bystander => bystander.Echoes).ToList();
        bystanders.ForEach(bystander => bystander.Dispose());
        return new Measurement(counts[0], counts[1], daemon.Cpu - cpu, folder.LogBytes - bytes, daemon.PeakMemory, echoes);
    }
}
