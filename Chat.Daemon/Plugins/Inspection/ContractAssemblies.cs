using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>
/// The assemblies that the daemon provides to plugins: the contract, what its signatures name, and the platform. Plugins bring everything
/// else.
/// </summary>
internal static class ContractAssemblies
{
    public const string Contract = "Chat.Abstractions";

    /// <summary>One type of each shared assembly. Daemon and plugins must use the same copy, or their types would differ.</summary>
    public static readonly Type[] Types = [typeof(IChatPlugin), typeof(IServiceCollection), typeof(ILogger), typeof(IHostedService)];

    private static readonly Dictionary<string, Version> Shared = Types.Select(t => t.Assembly.GetName())
        .ToDictionary(n => n.Name!, n => n.Version!, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string> Platform = PlatformFiles().DistinctBy(Path.GetFileNameWithoutExtension)
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file)!, StringComparer.OrdinalIgnoreCase);

    /// <summary>A DLL may reference one assembly a million times, and each look opens its file.</summary>
    private static readonly ConcurrentDictionary<string, Version?> Versions = new();

    public static bool IsShared(string name) => Shared.ContainsKey(name);

    /// <summary>
    /// Null for an assembly that a plugin must bring. That includes the daemon's own libraries, so that a plugin does not break when the
    /// daemon updates one.
    /// </summary>
    public static Version? VersionOf(string name) =>
        Shared.TryGetValue(name, out var version) ? version
        : Platform.TryGetValue(name, out var file) ? Versions.GetOrAdd(file, static path => AssemblyName.GetAssemblyName(path).Version)
        : null;

    /// <summary>In a self-contained program the platform's files are among the program's own and cannot be told apart.</summary>
    private static IEnumerable<string> PlatformFiles()
    {
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var files = trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var isSelfContained = Path.GetDirectoryName(typeof(object).Assembly.Location) == own;
        return isSelfContained ? files : files.Where(file => Path.GetDirectoryName(file) != own);
    }
}
