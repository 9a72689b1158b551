using System.Globalization;
using Flood;

// Plays a hostile guest, and measures what it costs the daemon and the others:
// dotnet run -c Release --project tests/programs/Flood -- DAEMON [seconds] [connections] [kind…]
// DAEMON is the folder of a built chatd.dll, which runs with its default limits. Each kind floods it for some seconds from 127.0.0.1,
// while a witness from 127.0.0.2 writes five times a second. A row shows what the daemon answered and refused, its CPU seconds, the
// bytes of its log, and how long the witness waited for its echoes.
if (args.Length == 0)
{
    Console.Error.WriteLine($"usage: Flood DAEMON [seconds] [connections] [kind…]\nkinds: {string.Join(' ', FloodKind.All.Select(k => k.Name))}");
    return 2;
}
var seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10;
var connections = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
var kinds = args.Length > 3 ? FloodKind.All.Where(k => args.Skip(3).Contains(k.Name)).ToList() : FloodKind.All;

using var folder = new FloodFolder();
await using (var unlimited = await FloodedDaemon.StartAsync(args[0], folder, "--Chat:Limits:MessagesPerSecond=0"))
    await Witness.FillAsync(unlimited.Port, messages: 2_000);
Console.WriteLine($"{connections} connection(s), {seconds} s each");
Console.WriteLine(FloodReport.Header);
foreach (var kind in kinds)
{
    folder.DeleteLogs();
    await using var daemon = await FloodedDaemon.StartAsync(args[0], folder);
    Console.WriteLine(await FloodReport.MeasureAsync(daemon, folder, kind, connections, TimeSpan.FromSeconds(seconds)));
}
return 0;
