using System.Xml.Linq;
using Chat.Daemon.CommandLine.Sdk;

namespace Chat.Daemon.Tests.CommandLine;

[TestClass]
public sealed class SdkCommandTests
{
    private static readonly string[] Names = ["Chat.Abstractions", "Chat.Client", "Chat.Protocol", "Chat.Templates", "Chat.Testing"];

    [TestMethod]
    public async Task ItWritesPackagesAndMapsChatToThemAlone()
    {
        using var folder = new ScratchFolder();
        var (status, output, error) = await ProgramInTest.RunAsync(["sdk", folder["sdk"], "--packages", Packages(folder)]);

        Assert.AreEqual((0, ""), (status, error));
        Assert.AreEqual(string.Join(' ', Names.Select(FileOf)), PackagesIn(folder["sdk/packages"]));
        var settings = XDocument.Load(folder["sdk/nuget.config"]);
        Assert.AreEqual("packages", (string?)settings.Descendants("packageSources").Elements("add").Single().Attribute("value"));
        var patterns = settings.Descendants("packageSource")
            .ToLookup(source => (string?)source.Element("package")!.Attribute("pattern"), source => (string?)source.Attribute("key"));
        Assert.AreEqual("chat-sdk", patterns["Chat.*"].Single());
        Assert.AreEqual(1, settings.Descendants("package").Count(package => (string?)package.Attribute("pattern") == "Chat.*"));
        Assert.Contains(
            $"  dotnet new install packages/{FileOf("Chat.Templates")}\n  dotnet new chat-plugin -n Dice\n  dotnet build Dice\n", output);
    }

    [TestMethod]
    public async Task RunningItAgainKeepsTheAuthorsFiles()
    {
        using var folder = new ScratchFolder();
        string[] line = ["sdk", folder["sdk"], "--packages", Packages(folder)];
        await ProgramInTest.RunAsync(line);
        File.WriteAllText(folder["sdk/packages/Chat.Testing.0.0.1.nupkg"], "old");
        File.WriteAllText(folder["sdk/mine.txt"], "mine");

        Assert.AreEqual(0, (await ProgramInTest.RunAsync(line)).Status);
        Assert.AreEqual("mine", await File.ReadAllTextAsync(folder["sdk/mine.txt"]));
        Assert.IsFalse(File.Exists(folder["sdk/packages/Chat.Testing.0.0.1.nupkg"]));
    }

    [TestMethod]
    public async Task OtherPackagesStay()
    {
        using var folder = new ScratchFolder();
        string[] line = ["sdk", folder["sdk"], "--packages", Packages(folder)];
        await ProgramInTest.RunAsync(line);
        string[] others =
        [
            "packages/Chat.Foo.0.0.1.nupkg", "packages/Chat.Testing.Foo.0.0.1.nupkg",
            "restored/chat.foo/0.0.1/foo", "restored/mstest/4.0.0/mstest",
        ];
        foreach (var other in others) Write(folder[$"sdk/{other}"], "another's");

        Assert.AreEqual(0, (await ProgramInTest.RunAsync(line)).Status);
        foreach (var other in others) Assert.IsTrue(File.Exists(folder[$"sdk/{other}"]), other);
    }

    [TestMethod]
    public async Task ItsOwnPackagesMayBeTheSource()
    {
        using var folder = new ScratchFolder();
        await ProgramInTest.RunAsync(["sdk", folder["sdk"], "--packages", Packages(folder)]);

        var (status, _, error) = await ProgramInTest.RunAsync(["sdk", folder["sdk"], "--packages", folder["sdk/packages"]]);
        Assert.AreEqual((0, ""), (status, error));
        Assert.AreEqual(string.Join(' ', Names.Select(FileOf)), PackagesIn(folder["sdk/packages"]));
        Assert.AreEqual("Chat.Client", await File.ReadAllTextAsync(folder[$"sdk/packages/{FileOf("Chat.Client")}"]));
    }

    [TestMethod]
    public async Task ANewBuildOfTheSameVersionIsRestoredAgain()
    {
        using var folder = new ScratchFolder();
        string[] line = ["sdk", folder["sdk"], "--packages", Packages(folder)];
        await ProgramInTest.RunAsync(line);
        var restored = XDocument.Load(folder["sdk/nuget.config"]).Descendants("config").Elements("add")
            .Single(add => (string?)add.Attribute("key") == "globalPackagesFolder");
        Assert.AreEqual("restored", (string?)restored.Attribute("value"));
        Write(folder[$"sdk/restored/chat.abstractions/{SdkPackages.Version}/lib"], "of the build before");

        await ProgramInTest.RunAsync(line);
        Assert.IsFalse(Directory.Exists(folder["sdk/restored/chat.abstractions"]));
    }

    [TestMethod]
    public async Task ItWarnsOfTheNugetPackagesVariable()
    {
        using var folder = new ScratchFolder();
        var (status, _, error) = await ProgramInTest.RunAsync(
            ["sdk", folder["sdk"], "--packages", Packages(folder)], environment: new() { ["NUGET_PACKAGES"] = "/elsewhere" });
        Assert.AreEqual(0, status);
        Assert.Contains("use packages from /elsewhere first", error);
    }

    [TestMethod]
    public async Task AFolderWithOtherFilesIsRefused()
    {
        using var folder = new ScratchFolder();
        folder.Write("letter.txt", "dear bia");
        var (status, _, error) = await ProgramInTest.RunAsync(["sdk", folder.Path]);
        Assert.AreEqual(
            (2, $"{folder.Path} contains other files: use a new or empty folder, or one that chatd sdk wrote.\n"), (status, error));
    }

    [TestMethod]
    public async Task MissingPackagesAreReportedWithARemedy()
    {
        using var folder = new ScratchFolder();
        var (status, _, error) = await ProgramInTest.RunAsync(["sdk", folder["sdk"], "--packages", folder["none"]]);
        Assert.AreEqual(2, status);
        Assert.Contains("run ./pack.sh in a clone", error);
        Assert.IsFalse(Directory.Exists(folder["sdk"]));
    }

    [TestMethod]
    public async Task WithoutAFolderItIsRefused() =>
        Assert.AreEqual((2, "", "Informe a pasta: chatd sdk PASTA\n"), await ProgramInTest.RunAsync(["sdk"], "pt-BR"));

    private static string PackagesIn(string folder) =>
        string.Join(' ', Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    private static string FileOf(string name) => $"{name}.{SdkPackages.Version}.nupkg";

    private static void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private static string Packages(ScratchFolder folder)
    {
        var place = Directory.CreateDirectory(folder["made"]).FullName;
        foreach (var name in Names) File.WriteAllText(Path.Combine(place, FileOf(name)), name);
        return place;
    }
}
