using System.Net;
using System.Net.Sockets;
using Chat.Daemon.CommandLine.Dev;
using Chat.Daemon.Configuration;

namespace Chat.Daemon.Tests.Programs;

/// <summary>What keeps <c>chatd dev</c> from beginning; how it goes on is told by the tests of <c>Chat.Testing</c>, which have a plugin to build.</summary>
[TestClass]
public sealed class DevCommandTests
{
    [TestMethod]
    [DataRow("nowhere")]
    [DataRow("letter.txt")]
    [DataRow("Dice.slnx")]
    [DataRow("empty")]
    [DataRow("two")]
    public async Task ItTakesAProjectOrAFolderOfOne(string name)
    {
        using var folder = new ScratchFolder();
        foreach (var inner in new[] { "empty", "two" }) Directory.CreateDirectory(folder[inner]);
        foreach (var file in new[] { "letter.txt", "Dice.slnx", "two/One.csproj", "two/Other.csproj" }) folder.Write(file, "<Project />");
        Assert.AreEqual((2, "", $"{folder[name]} is no project, and no folder of exactly one: chatd dev PROJECT\n"), await ProgramInTest.RunAsync(["dev", folder[name]]));
    }

    [TestMethod]
    public async Task APortThatIsTakenIsToldBeforeAnythingIsBuilt()
    {
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder["my plugin"]);
        folder.Write("my plugin/Dice.csproj", "<Project />");
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var (status, output, error) = await ProgramInTest.RunAsync(["dev", folder["my plugin"], "--listen", $"{other.LocalEndpoint}"]);
        Assert.AreEqual((3, ""), (status, output));
        Assert.Contains("is in use by another program", error);
    }

    [TestMethod]
    [DataRow("--Chat:Accounts:Registraton=closed", "There is no setting Chat:Accounts:Registraton (command line); did you mean Chat:Accounts:Registration?")]
    [DataRow("--Chat:Plugins:Folders:0=elsewhere", "chatd dev sets Chat:Plugins:Folders:0 itself.")]
    [DataRow("--Chat:Listen:Tls=127.0.0.1:0", "chatd dev sets Chat:Listen:Tls itself.")]
    public async Task SettingsAreLookedAtBeforeAnythingIsBuilt(string setting, string sentence)
    {
        using var folder = new ScratchFolder();
        folder.Write("Dice.csproj", "<Project />");
        Assert.AreEqual((2, "", sentence + "\n"), await ProgramInTest.RunAsync(["dev", folder.Path, setting]));
    }

    [TestMethod]
    public async Task ASettingOverrulesWhatItWouldChoose()
    {
        using var folder = new ScratchFolder();
        folder.Write("Dice.csproj", "<Project />");
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var (status, _, error) = await ProgramInTest.RunAsync(["dev", folder.Path, $"--Chat:Listen:Tcp={other.LocalEndpoint}"]);
        Assert.AreEqual(3, status);
        Assert.Contains("is in use by another program", error);
    }

    [TestMethod]
    public async Task AProjectIsFollowedByOneAtATime()
    {
        using var folder = new ScratchFolder();
        folder.Write("Dice.csproj", "<Project />");
        using var other = new DevClaim(folder["Dice.csproj"], new("en"));
        Assert.AreEqual((3, "", $"Another chatd dev follows {folder["Dice.csproj"]} already: end that one, or go on with it.\n"), await ProgramInTest.RunAsync(["dev", folder.Path]));
    }
}
