using System.Diagnostics;
using SharpFuzz;

namespace Fuzz;

/// <summary>Runs this program once more from a copy whose product code counts its branches.</summary>
internal static class Instrumentation
{
    private static readonly string[] Counted = ["Chat.Protocol.dll", "Chat.Abstractions.dll", "Chat.Client.dll", "chat.dll", "chatd.dll"];

    /// <summary>The exit status of the copy.</summary>
    public static async Task<int> RunAsync(IEnumerable<string> arguments)
    {
        var copy = Directory.CreateTempSubdirectory("chat-fuzz-");
        try
        {
            Copy(AppContext.BaseDirectory, copy.FullName);
            foreach (var assembly in Counted)
                _ = Fuzzer.Instrument(Path.Combine(copy.FullName, assembly), _ => true, Options.Value).Count();
            var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
            using var process = Process.Start(new ProcessStartInfo(dotnet, [Path.Combine(copy.FullName, "Fuzz.dll"), .. arguments]))!;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
