using Chat.TestKit;

namespace Chat.Daemon.Tests.CommandLine;

[TestClass]
public sealed class AccountPasswordTests
{
    [TestMethod]
    public async Task ALostPasswordIsReplacedAndSessionsEnd()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var data = Path.Combine(daemon.Folder, "data");
        var before = await daemon.ConnectAsync();
        var token = (await before.LoginAsync(new Protocol.ClientFrame.Login("admin", TestDaemon.AdminPassword, Rooms: []))).Token;
        await daemon.StopAsync();
        var (status, output, error) = await ProgramInTest.RunAsync(["account", "password", "ADMIN", "--data", data]);
        Assert.AreEqual((0, ""), (status, error));
        StringAssert.StartsWith(output, "New password of admin (shown once): ");
        await daemon.StartAgainAsync();
        var client = await daemon.ConnectAsync();
        await client.SendAsync(new Protocol.ClientFrame.Login("admin", TestDaemon.AdminPassword));
        await client.ExpectAsync<Protocol.DaemonFrame.Error>(e => e.Code == "wrong_password");
        await client.SendAsync(new Protocol.ClientFrame.Login(Token: token));
        await client.ExpectAsync<Protocol.DaemonFrame.Error>(e => e.Code == "bad_token");
        await client.LoginAsync(new Protocol.ClientFrame.Login("admin", output.Trim().Split(' ')[^1], Rooms: []));
    }

    [TestMethod]
    public async Task AnUnknownAccountIsRefusedAndNothingCreated()
    {
        using var folder = new ScratchFolder();
        var withoutName = await ProgramInTest.RunAsync(["account", "password"]);
        Assert.AreEqual((2, "", "A user name is required: chatd account password NAME\n"), withoutName);
        var (status, output, error) = await ProgramInTest.RunAsync(["account", "password", "ana", "--data", folder["data"]]);
        Assert.AreEqual((2, ""), (status, output));
        StringAssert.Contains(error, "has no account ana");
        Assert.IsFalse(Directory.Exists(folder["data"]));
    }
}
