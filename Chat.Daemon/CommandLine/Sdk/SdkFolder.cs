using System.Xml.Linq;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Sdk;

/// <summary>The folder that an author works in: packages, and settings by which builds below it take <c>Chat.*</c> from nowhere else.</summary>
internal sealed class SdkFolder
{
    public const string Packages = "packages";

    /// <summary>By this name of a source an earlier SDK is known.</summary>
    private const string Source = "chat-sdk";

    /// <summary>Where builds below it keep what they have fetched. The machine's own folder would go on giving them an earlier build of this version, or another's package of this name.</summary>
    private const string Restored = "restored";

    private readonly ProgramTexts texts;

    private SdkFolder(string path, ProgramTexts texts) => (FullName, this.texts) = (path, texts);

    public string FullName { get; }

    private string Settings => Path.Combine(FullName, "nuget.config");

    /// <exception cref="StartupException">It holds something else.</exception>
    public static SdkFolder At(string path, ProgramTexts texts)
    {
        var folder = new SdkFolder(path, texts);
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any() && !folder.HoldsSdk()))
            throw new StartupException(ExitStatus.WrongUsage, texts.SdkFolderTaken(path));
        return folder;
    }

    /// <summary>In place of an earlier SDK's; what its author wrote there is left alone.</summary>
    /// <param name="sources">For all other packages.</param>
    /// <exception cref="StartupException">It can't be written.</exception>
    public void Write(SdkPackages packages, IEnumerable<string> sources)
    {
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(FullName, Packages)).FullName;
            foreach (var file in packages.Files) Copy(file, folder);
            var names = packages.Files.Select(Path.GetFileName).ToHashSet();
            foreach (var old in Directory.EnumerateFiles(folder).Where(file => SdkPackages.IsOne(file) && !names.Contains(Path.GetFileName(file)))) File.Delete(old);
            foreach (var fetched in SdkPackages.Names.Select(name => Path.Combine(FullName, Restored, name.ToLowerInvariant())).Where(Directory.Exists)) Directory.Delete(fetched, recursive: true);
            SettingsFor(sources.Where(source => source != Source)).Save(Settings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(ExitStatus.WrongUsage, texts.FileNotWritable(FullName, e.Message));
        }
    }

    private bool HoldsSdk() => File.Exists(Settings) && File.ReadAllText(Settings).Contains($"key=\"{Source}\"", StringComparison.Ordinal);

    /// <summary>Whole or not at all, and also onto itself: the packages may come from here.</summary>
    private static void Copy(string file, string folder)
    {
        var (target, part) = (Path.Combine(folder, Path.GetFileName(file)), Path.Combine(folder, Path.GetFileName(file) + ".part"));
        File.Copy(file, part, overwrite: true);
        File.Move(part, target, overwrite: true);
    }

    private static XDocument SettingsFor(IEnumerable<string> others) => new(new XElement("configuration",
        new XComment(" Written by 'chatd sdk', and written anew when that is run again here. "),
        new XElement("config", new XElement("add", new XAttribute("key", "globalPackagesFolder"), new XAttribute("value", Restored))),
        new XElement("packageSources", new XElement("add", new XAttribute("key", Source), new XAttribute("value", Packages))),
        new XElement("packageSourceMapping", Mapping(Source, "Chat.*"), others.Select(other => Mapping(other, "*")))));

    private static XElement Mapping(string source, string pattern) =>
        new("packageSource", new XAttribute("key", source), new XElement("package", new XAttribute("pattern", pattern)));
}
