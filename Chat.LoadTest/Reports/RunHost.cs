using System.Reflection;
using System.Runtime.InteropServices;

namespace Chat.LoadTest.Reports;

/// <summary>The machine and the program of a run.</summary>
internal sealed record RunHost(string Name, string System, string Processor, int Cores, string Runtime, string Version, string? Commit)
{
    public static RunHost ThisMachine()
    {
        var version = typeof(RunHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var plus = version.IndexOf('+');
        return new(
            Environment.MachineName, RuntimeInformation.OSDescription, Processors(), Environment.ProcessorCount,
            RuntimeInformation.FrameworkDescription, plus < 0 ? version : version[..plus], plus < 0 ? null : version[(plus + 1)..]);
    }

    private static string Processors()
    {
        const string table = "/proc/cpuinfo", label = "model name";
        if (!File.Exists(table)) return RuntimeInformation.ProcessArchitecture.ToString();
        var line = File.ReadLines(table).FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal));
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
