using System.Diagnostics;

namespace CrashChecker.Daemons;

/// <summary>How to start the daemon: which program, on which folder, with which settings.</summary>
/// <param name="Program">The path of <c>chatd.dll</c>.</param>
/// <param name="Folder">The working folder; the data folder and the drop folder are in it.</param>
internal sealed record DaemonLaunch(string Program, string Folder)
{
    public const string AdminPassword = "correct horse";

    public string Durability { get; init; } = "full";

    /// <summary>For the library that watches and disturbs its writes.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string Data => Path.Combine(Folder, "data");

    public string DropFolder => Path.Combine(Folder, "drop");

    /// <summary>The daemon built with this program.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string FindProgram()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory); // …/bin/Debug/net10.0
        var root = output;
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Chat.sln"))) root = root.Parent;
        var path = Path.Combine(root?.FullName ?? "", "Chat.Daemon", "bin", output.Parent!.Name, output.Name, "chatd.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("The daemon is not built: dotnet build Chat.Daemon", path);
    }

    public ProcessStartInfo StartInfo()
    {
        Directory.CreateDirectory(DropFolder);
        var dotnet = System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, [Program, .. Arguments()])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var setting in start.Environment.Keys.Where(k => k.StartsWith("Chat__", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(setting);
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        return start;
    }

    private IEnumerable<string> Arguments() =>
    [
        "--listen", "127.0.0.1:0", "--http", "off", "--data", Data, "--plugins", DropFolder,
        $"--Chat:Admin:Password={AdminPassword}", $"--Chat:History:Durability={Durability}",
        "--Chat:Limits:MessagesPerSecond=0", "--Chat:Limits:LoginsPerMinute=0", "--Chat:Limits:ConnectionsPerAddress=0",
        "--Chat:Limits:RoomsPerUser=0", "--Chat:Limits:RoomsPerAddress=0",
        "--Chat:Limits:OutboxBytes=67108864", // a reader that the machine starves is not what is measured
        "--Chat:Plugins:PollMilliseconds=100", "--Chat:Plugins:SettleMilliseconds=50",
    ];
}
