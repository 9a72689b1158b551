using System.Xml.Linq;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Sdk;

/// <summary>An author's folder: packages, and NuGet settings that make builds below it take <c>Chat.*</c> only from there.</summary>
internal sealed class SdkFolder
{
    public const string Packages = "packages";

    /// <summary>The name of the package source, by which an earlier SDK is recognized.</summary>
    private const string Source = "chat-sdk";

    /// <summary>
    /// Packages restored by builds below the folder. The machine's own cache might hold an earlier build of the same version.
    /// </summary>
    private const string Restored = "restored";

    private readonly ProgramTexts texts;

    private SdkFolder(string path, ProgramTexts texts) => (FullName, this.texts) = (path, texts);

    public string FullName { get; }

    private string Settings => Path.Combine(FullName, "nuget.config");

    /// <exception cref="StartupException">The folder contains other files.</exception>
    public static SdkFolder At(string path, ProgramTexts texts)
    {
        var folder = new SdkFolder(path, texts);
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any() && !folder.HoldsSdk()))
            throw new StartupException(ExitStatus.WrongUsage, texts.SdkFolderTaken(path));
        return folder;
    }

    /// <summary>Replaces an earlier SDK; leaves the author's files alone.</summary>
    /// <param name="sources">The sources of all other packages.</param>
    /// <exception cref="StartupException">The folder cannot be written.</exception>
    public void Write(SdkPackages packages, IEnumerable<string> sources)
    {
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(FullName, Packages)).FullName;
            foreach (var file in packages.Files) Copy(file, folder);
            var names = packages.Files.Select(Path.GetFileName).ToHashSet();
            foreach (var old in Directory.EnumerateFiles(folder))
                if (SdkPackages.IsOne(old) && !names.Contains(Path.GetFileName(old))) File.Delete(old);
            foreach (var restored in SdkPackages.Names.Select(name => Path.Combine(FullName, Restored, name.ToLowerInvariant())))
                if (Directory.Exists(restored)) Directory.Delete(restored, recursive: true);
            SettingsFor(sources.Where(source => source != Source)).Save(Settings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(ExitStatus.WrongUsage, texts.FileNotWritable(FullName, e.Message));
        }
    }

    private bool HoldsSdk() => File.Exists(Settings) && File.ReadAllText(Settings).Contains($"key=\"{Source}\"", StringComparison.Ordinal);

    /// <summary>Copies all or nothing, even onto itself: the packages may come from this folder.</summary>
    private static void Copy(string file, string folder)
    {
        var (target, part) = (Path.Combine(folder, Path.GetFileName(file)), Path.Combine(folder, Path.GetFileName(file) + ".part"));
        File.Copy(file, part, overwrite: true);
        File.Move(part, target, overwrite: true);
    }

    private static XDocument SettingsFor(IEnumerable<string> others) => new(new XElement("configuration",
        new XComment(" Written by 'chatd sdk'; running it here again overwrites this file. "),
        new XElement("config", new XElement("add", new XAttribute("key", "globalPackagesFolder"), new XAttribute("value", Restored))),
        new XElement("packageSources", new XElement("add", new XAttribute("key", Source), new XAttribute("value", Packages))),
        new XElement("packageSourceMapping", Mapping(Source, "Chat.*"), others.Select(other => Mapping(other, "*")))));

    private static XElement Mapping(string source, string pattern) =>
        new("packageSource", new XAttribute("key", source), new XElement("package", new XAttribute("pattern", pattern)));
}
