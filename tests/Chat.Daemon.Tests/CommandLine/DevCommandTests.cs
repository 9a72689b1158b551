using System.Net;
using System.Net.Sockets;
using Chat.Daemon.CommandLine.Dev;
using Chat.Daemon.Configuration;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary>Refused starts of <c>chatd dev</c>. The tests of <c>Chat.Testing</c> cover its loop: they have a plugin to build.</summary>
[TestClass]
public sealed class DevCommandTests
{
    [TestMethod]
    [DataRow("nowhere")]
    [DataRow("letter.txt")]
    [DataRow("Dice.slnx")]
    [DataRow("empty")]
    [DataRow("two")]
    public async Task OnlyAProjectOrAFolderWithOneIsAccepted(string name)
    {
        using var folder = new ScratchFolder();
        foreach (var inner in new[] { "empty", "two" }) Directory.CreateDirectory(folder[inner]);
        foreach (var file in new[] { "letter.txt", "Dice.slnx", "two/One.csproj", "two/Other.csproj" }) folder.Write(file, "<Project />");
        var expected = $"{folder[name]} is neither a project file nor a folder with exactly one project file: chatd dev PROJECT\n";
        Assert.AreEqual((2, "", expected), await ProgramInTest.RunAsync(["dev", folder[name]]));
    }

    [TestMethod]
    public async Task APortInUseIsReportedBeforeTheBuild()
    {
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder["my plugin"]);
        folder.Write("my plugin/Dice.csproj", "<Project />");
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var (status, output, error) = await ProgramInTest.RunAsync(["dev", folder["my plugin"], "--listen", $"{other.LocalEndpoint}"]);
        Assert.AreEqual((3, ""), (status, output));
        Assert.Contains("Another program uses ", error);
    }

    [TestMethod]
    [DataRow(
        "--Chat:Accounts:Registraton=closed",
        "There is no setting Chat:Accounts:Registraton (command line); did you mean Chat:Accounts:Registration?")]
    [DataRow("--Chat:Plugins:Folders:0=elsewhere", "chatd dev sets Chat:Plugins:Folders:0 itself: remove it.")]
    [DataRow("--Chat:Listen:Tls=127.0.0.1:0", "chatd dev sets Chat:Listen:Tls itself: remove it.")]
    public async Task SettingsAreCheckedBeforeTheBuild(string setting, string sentence)
    {
        using var folder = new ScratchFolder();
        folder.Write("Dice.csproj", "<Project />");
        Assert.AreEqual((2, "", sentence + "\n"), await ProgramInTest.RunAsync(["dev", folder.Path, setting]));
    }

    [TestMethod]
    public async Task ASettingOverridesTheDefaultOfDev()
    {
        using var folder = new ScratchFolder();
        folder.Write("Dice.csproj", "<Project />");
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var (status, _, error) = await ProgramInTest.RunAsync(["dev", folder.Path, $"--Chat:Listen:Tcp={other.LocalEndpoint}"]);
        Assert.AreEqual(3, status);
        Assert.Contains("Another program uses ", error);
    }

    [TestMethod]
    public async Task ASecondDevOnAProjectIsRefused()
    {
        using var folder = new ScratchFolder();
        folder.Write("Dice.csproj", "<Project />");
        using var other = new DevLock(folder["Dice.csproj"], new("en"));
        var expected = $"Another chatd dev is watching {folder["Dice.csproj"]}: stop it first.\n";
        Assert.AreEqual((3, "", expected), await ProgramInTest.RunAsync(["dev", folder.Path]));
    }
}
