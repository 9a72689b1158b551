using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>What the daemon lends to plugins: the contract and what its signatures name, and the platform. All else they bring themselves.</summary>
internal static class ContractAssemblies
{
    public const string Contract = "Chat.Abstractions";

    /// <summary>A type of each; one assembly for daemon and plugins, or their types would differ.</summary>
    public static readonly Type[] Types = [typeof(IChatPlugin), typeof(IServiceCollection), typeof(ILogger)];

    private static readonly Dictionary<string, Version> Shared = Types.Select(t => t.Assembly.GetName()).ToDictionary(n => n.Name!, n => n.Version!, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string> Platform = PlatformFiles().DistinctBy(Path.GetFileNameWithoutExtension)
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file)!, StringComparer.OrdinalIgnoreCase);

    public static bool IsShared(string name) => Shared.ContainsKey(name);

    /// <summary>Null for what a plugin must bring itself. The daemon's own libraries are among that: a plugin must not break when the daemon takes a newer one.</summary>
    public static Version? VersionOf(string name) =>
        Shared.TryGetValue(name, out var version) ? version
        : Platform.TryGetValue(name, out var file) ? AssemblyName.GetAssemblyName(file).Version
        : null;

    /// <summary>Where the program carries its runtime with it, the platform's files lie among its own, and can't be told apart.</summary>
    private static IEnumerable<string> PlatformFiles()
    {
        var files = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return Path.GetDirectoryName(typeof(object).Assembly.Location) == own ? files : files.Where(file => Path.GetDirectoryName(file) != own);
    }
}
