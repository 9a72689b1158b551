using System.Text.RegularExpressions;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Crash.Tests;

/// <summary>
/// A disk without room, a used-up quota, and a limit on the size of files: what could not be written is refused as not stored, people still
/// get in, and nothing that was refused is there later.
/// </summary>
[TestClass]
public sealed partial class FullDiskTests
{
    [TestMethod]
    [DataRow("ENOSPC")]
    [DataRow("EDQUOT")]
    [DataRow("EFBIG")]
    public async Task NothingIsStoredAndTheRefusalsSayWhatToDo(string error)
    {
        await using var daemon = await FaultyDaemon.StartAsync();
        await using var ana = await daemon.ConnectAsync("ana");
        await ana.LoginAsync(new ClientFrame.Login("ana", Rooms: ["geral"], Lang: "en"));
        await ana.SayAsync("geral", "before");

        daemon.Fail($"write * 0 -1 error {error}");
        var resent = new ClientFrame.Message("during", "geral") { Id = "again" };
        for (var i = 0; i < 3; i++)
        {
            var refused = await ana.AskAsync<DaemonFrame.Error>(resent);
            Assert.AreEqual((RefusalCode.Storage, "geral"), (refused.Code, refused.Room));
            Assert.Contains("make room", refused.Text);
        }
        var room = await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Join("nova"));
        Assert.AreEqual(RefusalCode.Storage, room.Code);
        Assert.Contains("make room", room.Text);
        Assert.Contains("Make room", await daemon.Process.ErrorLineAsync(DiskFull()));

        daemon.Mend();
        Assert.AreEqual(2, (await ana.AskAsync<DaemonFrame.Message>(resent)).Seq);
        Assert.AreEqual(2, (await ana.AskAsync<DaemonFrame.Message>(resent)).Seq, "stored once");
    }

    [TestMethod]
    public async Task WhatWasRefusedIsNotThereAfterAKill()
    {
        await using var daemon = await FaultyDaemon.StartAsync();
        await using var ana = await daemon.ConnectAsync("ana");
        await ana.LoginAsync("ana", "geral");
        await ana.SayAsync("geral", "before");

        daemon.Fail("write *-wal 1 -1 error ENOSPC"); // the header of the frame that makes the commit valid is written
        for (var i = 0; i < 5; i++)
            Assert.AreEqual(RefusalCode.Storage, (await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("during", "geral"))).Code);
        daemon.Process.Kill();
        await daemon.Process.ExitAsync();
        daemon.Mend();
        await daemon.Process.StartAgainAsync();

        await using var bia = await daemon.ConnectAsync("bia");
        await bia.LoginAsync("bia", "geral");
        var history = await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"));
        Assert.AreEqual("before", history.Messages.Single().Text);
    }

    [TestMethod]
    public async Task LoginsGoOnAndAreStoredOnceThereIsRoom()
    {
        await using var daemon = await FaultyDaemon.StartAsync();
        await using var caio = await daemon.ConnectAsync("caio");
        await caio.LoginAsync("caio", "geral");
        daemon.Fail("write * 0 -1 error ENOSPC");

        await using var admin = await daemon.ConnectAsync("admin");
        var adminToken = (await admin.LoginAsync(new ClientFrame.Login("admin", FaultyDaemon.AdminPassword, Rooms: []))).Token;
        await using var ana = await daemon.ConnectAsync("ana");
        var anaToken = (await ana.LoginAsync("ana", "geral")).Token;
        await using var bia = await daemon.ConnectAsync("bia");
        var biaToken = (await bia.LoginAsync("bia", "geral")).Token;
        await bia.SendAsync(new ClientFrame.Logout());
        await bia.ExpectClosedAsync();
        Assert.AreEqual(RefusalCode.BadToken, await RefusalOfAsync(daemon, biaToken!), "a logout needs no room");
        await using var again = await daemon.ConnectAsync("again");
        await again.LoginAsync(new ClientFrame.Login("admin", FaultyDaemon.AdminPassword, Rooms: []));

        daemon.Mend();
        await StoredLateAsync(daemon, "admin");
        await StoredLateAsync(daemon, "ana");
        daemon.Process.Kill();
        await daemon.Process.ExitAsync();
        await daemon.Process.StartAgainAsync();

        Assert.IsNull(await RefusalOfAsync(daemon, adminToken!));
        Assert.IsNull(await RefusalOfAsync(daemon, anaToken!));
        Assert.AreEqual(RefusalCode.BadToken, await RefusalOfAsync(daemon, biaToken!));
    }

    [TestMethod]
    public async Task AStartWithoutSyncsEndsWithStatus4()
    {
        await using var daemon = await FaultyDaemon.StartAsync();
        await using var admin = await daemon.ConnectAsync("admin"); // its session is held, and the start releases it
        await admin.LoginAsync(new ClientFrame.Login("admin", FaultyDaemon.AdminPassword, Rooms: []));
        daemon.Process.Kill();
        await daemon.Process.ExitAsync();
        daemon.Fail("sync * 0 -1 error EIO");

        await Assert.ThrowsExactlyAsync<ExpectationException>(daemon.Process.StartAgainAsync);

        Assert.AreEqual(4, await daemon.Process.ExitAsync(), daemon.Process.Errors);
        Assert.Contains("check its disk", daemon.Process.Errors);
    }

    [TestMethod]
    public async Task TheFirstPasswordIsNotLostForWantOfRoom()
    {
        await using var daemon = await FaultyDaemon.StartAsync("--Chat:Language=en"); // no password for the admin
        daemon.Process.Kill();
        await daemon.Process.ExitAsync();
        Directory.Delete(daemon.Data, recursive: true);
        daemon.Fail("write */first-admin-password 0 -1 error ENOSPC");

        await Assert.ThrowsExactlyAsync<ExpectationException>(daemon.Process.StartAgainAsync);
        Assert.AreEqual(4, await daemon.Process.ExitAsync(), daemon.Process.Errors);
        Assert.Contains("Make room", daemon.Process.Errors);

        daemon.Mend();
        await daemon.Process.StartAgainAsync();
        var password = (await File.ReadAllTextAsync(Path.Combine(daemon.Data, "first-admin-password"))).Trim();
        await using var admin = await daemon.ConnectAsync();
        await admin.LoginAsync(new ClientFrame.Login("admin", password, Rooms: []));
    }

    [TestMethod]
    [DataRow("ENOSPC")]
    [DataRow("EDQUOT")]
    public async Task AStartWithoutRoomEndsWithStatus4(string error)
    {
        await using var daemon = await FaultyDaemon.StartAsync();
        daemon.Process.Kill();
        await daemon.Process.ExitAsync();
        Directory.Delete(daemon.Data, recursive: true);
        daemon.Fail($"write * 0 -1 error {error}");

        await Assert.ThrowsExactlyAsync<ExpectationException>(daemon.Process.StartAgainAsync);

        Assert.AreEqual(4, await daemon.Process.ExitAsync(), daemon.Process.Errors);
        Assert.Contains("make room", daemon.Process.Errors);
    }

    private static async Task StoredLateAsync(FaultyDaemon daemon, string user)
    {
        var login = new Regex($"Logged in: session (?<id>\\S+), user {user},");
        var session = login.Match(await daemon.Process.ErrorLineAsync(login)).Groups["id"].Value;
        await daemon.Process.ErrorLineAsync(new Regex($"Session {session} began while the disk was full"));
    }

    private static async Task<string?> RefusalOfAsync(FaultyDaemon daemon, string token)
    {
        await using var client = await daemon.ConnectAsync();
        return (await client.AskAsync<DaemonFrame>(new ClientFrame.Login(Token: token, Rooms: [])) as DaemonFrame.Error)?.Code;
    }

    [GeneratedRegex("Disk full: ")]
    private static partial Regex DiskFull();

}
