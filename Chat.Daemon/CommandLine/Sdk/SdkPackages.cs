using System.Reflection;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Sdk;

/// <summary>The packages of this version.</summary>
internal sealed record SdkPackages(IReadOnlyList<string> Files)
{
    public static IReadOnlyList<string> Names { get; } =
        ["Chat.Abstractions", "Chat.Protocol", "Chat.Client", "Chat.Testing", "Chat.Templates"];

    /// <summary>The version without the build metadata.</summary>
    public static string Version { get; } = typeof(
        SdkPackages).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static string Templates => FileOf("Chat.Templates");

    /// <summary>Whether the file is one of these packages, of any version. Names of other packages may start the same.</summary>
    public static bool IsOne(string path) => Names.Any(name => Path.GetFileName(path) is var file
        && file.StartsWith(name + ".", StringComparison.Ordinal) && file.EndsWith(".nupkg", StringComparison.Ordinal)
        && char.IsAsciiDigit(file[name.Length + 1]));

    /// <param name="given">The folder; null for the one beside the program, or the output of a build from source.</param>
    /// <exception cref="StartupException">A package is missing.</exception>
    public static SdkPackages Find(string? given, ProgramTexts texts)
    {
        var places = given is null ? Places().ToList() : [Path.GetFullPath(given)];
        var found = places.Select(place => Names.Select(name => Path.Combine(place, FileOf(name))).ToList())
            .FirstOrDefault(files => files.TrueForAll(File.Exists));
        return found is not null ? new(found)
            : throw new StartupException(ExitStatus.WrongUsage, texts.SdkPackagesMissing(Version, string.Join(", ", places)));
    }

    private static IEnumerable<string> Places()
    {
        yield return Path.Combine(AppContext.BaseDirectory, "sdk");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "pack.sh"))) yield return Path.Combine(folder.FullName, "artifacts", "packages");
    }

    private static string FileOf(string name) => $"{name}.{Version}.nupkg";
}
