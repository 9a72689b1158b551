using System.Globalization;

namespace Flood;

/// <summary>One flood, measured.</summary>
internal static class FloodReport
{
    public const string Header =
        "kind                 answers    refused  connects   CPU s  log bytes files  MiB  echoes  median ms     max ms";

    public static async Task<string> MeasureAsync(
        FloodedDaemon daemon, FloodFolder folder, FloodKind kind, int connections, TimeSpan length)
    {
        using var witness = await Witness.JoinAsync(daemon.Port);
        List<HostileGuest> guests = [.. Enumerable.Range(1, connections).Select(i => new HostileGuest(daemon.Port, kind, i))];
        var (cpu, bytes) = (daemon.Cpu, folder.LogBytes);
        using var over = new CancellationTokenSource(length);
        await Task.WhenAll([witness.RunAsync(over.Token), .. guests.Select(guest => Task.Run(() => guest.RunAsync(over.Token)))]);
        var (used, written) = (daemon.Cpu - cpu, folder.LogBytes - bytes);
        var echoes = witness.Echoes;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{kind.Name,-17} {guests.Sum(g => g.Answers),10} {guests.Sum(g => g.Refused),10} {guests.Sum(g => g.Connections),9} " +
            $"{used.TotalSeconds,7:F2} {written,10} {folder.LogFiles,5} {daemon.PeakMemory,4} {echoes.Count,7} " +
            $"{echoes[echoes.Count / 2],10:F1} {echoes[^1],10:F1}");
    }
}
