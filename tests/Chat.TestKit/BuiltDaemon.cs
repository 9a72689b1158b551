using System.Diagnostics;

namespace Chat.TestKit;

/// <summary>Finds the <c>chatd.dll</c> built with the running tests.</summary>
internal static class BuiltDaemon
{
    public static ProcessStartInfo Launch(DirectoryInfo folder, IEnumerable<string> arguments)
    {
        string[] own = [Path, "--listen", "127.0.0.1:0", "--http", "off", "--data", System.IO.Path.Combine(folder.FullName, "data")];
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, [.. own, .. arguments]) { WorkingDirectory = folder.FullName };
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
