using System.Diagnostics;

namespace Chat.TestKit;

/// <summary>Finds the <c>chatd.dll</c> built with the running tests.</summary>
internal static class BuiltDaemon
{
    public static ProcessStartInfo Launch(DirectoryInfo folder, IEnumerable<string> arguments)
    {
        return Start(folder, ["--listen", "127.0.0.1:0", "--http", "off", "--data", DataOf(folder), .. arguments]);
    }

    /// <summary>Another command of <c>chatd</c> on the same data.</summary>
    public static ProcessStartInfo Command(DirectoryInfo folder, IEnumerable<string> arguments) =>
        Start(folder, [.. arguments, "--data", DataOf(folder)]);

    private static string DataOf(DirectoryInfo folder) => System.IO.Path.Combine(folder.FullName, "data");

    private static ProcessStartInfo Start(DirectoryInfo folder, IEnumerable<string> arguments)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, [Path, .. arguments]) { WorkingDirectory = folder.FullName };
        foreach (var setting in start.Environment.Keys.Where(k => k.StartsWith("Chat__", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(setting); // settings of the tests' own environment
        return start;
    }

    private static string Path
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory); // …/bin/Debug/net10.0
            var root = output;
            while (root is not null && !File.Exists(System.IO.Path.Combine(root.FullName, "Chat.sln"))) root = root.Parent;
            var path = System.IO.Path.Combine(root?.FullName ?? "", "Chat.Daemon", "bin", output.Parent!.Name, output.Name, "chatd.dll");
            return File.Exists(path) ? path : throw new FileNotFoundException("The daemon is not built: dotnet build Chat.Daemon", path);
        }
    }
}
