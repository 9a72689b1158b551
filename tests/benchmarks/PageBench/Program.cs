using System.Globalization;
using Chat.TestKit;
using PageBench;

// Measures the page in Chromium: its size, its first load, a flood of messages, and scrolling through a long room:
// dotnet run -c Release --project tests/benchmarks/PageBench -- [messages] [messages of the long room]
var flood = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
var room = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000;
await using var daemon = await TestDaemon.StartAsync();
await using var browser = await Browser.LaunchAsync(daemon.HttpPort);

var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
Console.WriteLine($"machine:      {Environment.ProcessorCount} cores, load {load} at the start");
Console.WriteLine($"page:         {await browser.SizeAsync()}");
Console.WriteLine($"first load:   {await Loads.FirstAsync(browser, 20)}");
Console.WriteLine($"messages:     {await Loads.MessagesAsync(browser, daemon, 20)}");
Console.WriteLine($"flood:        {await Floods.RunAsync(browser, daemon, flood, perSecond: 1_000)}");
Console.WriteLine($"scrolling:    {await Scrolls.RunAsync(browser, daemon, room)}");
