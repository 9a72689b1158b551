using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Sessions;

/// <summary>Names of users and rooms, as a session gives them.</summary>
[TestClass]
public sealed class NameTests
{
    [TestMethod]
    [DataRow("jo\u00e3o", "joa\u0303o", "JOÃO")]
    [DataRow("σίσυφος", "ΣΊΣΥΦΟΣ", "Σίσυφοσ")]
    public async Task SpellingsOfANameMeanTheSameUserAndRoom(string name, params string[] others)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var first = await daemon.ConnectAsync(name);
        var welcome = await first.LoginAsync(new ClientFrame.Login(others[0], Rooms: [others[0]]));
        Assert.AreEqual(others[0].Normalize(), welcome.User);

        foreach (var other in others.Append(name))
        {
            await using var second = await daemon.ConnectAsync();
            Assert.AreEqual(RefusalCode.NameTaken, (await second.AskAsync<DaemonFrame.Error>(new ClientFrame.Login(other))).Code);
            Assert.AreEqual(others[0].Normalize(), (await first.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join(other))).Room);
            Assert.AreEqual(welcome.User, (await first.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("a", To: other))).To);
        }
    }

    [TestMethod]
    [DataRow("аna", DisplayName = "Cyrillic and Latin")]
    [DataRow("αna", DisplayName = "Greek and Latin")]
    [DataRow("-ana", DisplayName = "begins with a hyphen")]
    [DataRow("a\u200dna", DisplayName = "zero-width joiner")]
    [DataRow("a\u202ena", DisplayName = "right-to-left override")]
    [DataRow("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", DisplayName = "33 letters")]
    public async Task AnInvalidNameIsRefused(string name)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.ConnectAsync();
        Assert.AreEqual(RefusalCode.BadName, (await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Login(name))).Code);
        await ana.LoginAsync("ana");
        Assert.AreEqual(RefusalCode.BadName, (await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Join(name))).Code);
    }
}
