using System.Runtime.Versioning;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary><c>chatd admin reset</c>: a way back in, while the daemon runs or not, for its own account and root alone.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
public sealed class AdminResetTests
{
    private const string Shown = "New password of admin (shown once): ";

    [TestMethod]
    public async Task ARunningDaemonGivesAPasswordOnceAndEndsTheSessions()
    {
        using var log = new CapturedLog();
        await using var daemon = await TestDaemon.StartAsync(log, null);
        await using var before = await daemon.ConnectAsync();
        var token = (await before.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword, Rooms: ["geral"]))).Token;

        var password = await ResetAsync(daemon);

        await before.ExpectAsync<DaemonFrame.Bye>(bye => bye.Reason == ByeReason.SessionEnded);
        await using var client = await daemon.ConnectAsync();
        await client.SendAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword));
        await client.ExpectAsync<DaemonFrame.Error>(e => e.Code == "wrong_password");
        await client.SendAsync(new ClientFrame.Login(Token: token));
        await client.ExpectAsync<DaemonFrame.Error>(e => e.Code == "bad_token");
        await client.LoginAsync(new ClientFrame.Login("admin", password, Rooms: ["geral"]));
        StringAssert.Contains(await client.TypeAsync("/auditoria"), "chatd(");
        StringAssert.Contains(await client.TypeAsync("/auditoria"), "admin reset");
        const string logged = "Warning Chat.Security: Password reset: admin, by user ";
        Assert.ContainsSingle(line => line.StartsWith(logged, StringComparison.Ordinal), log.Lines);
        Assert.DoesNotContain(line => line.Contains(password), log.Lines);
        await daemon.StopAsync();
        AssertNowhereIn(daemon.Folder, password);
    }

    [TestMethod]
    public async Task AStoppedDaemonsAdminGetsOneToo()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.StopAsync();

        var password = await ResetAsync(daemon);

        AssertNowhereIn(daemon.Folder, password);
        await daemon.StartAgainAsync();
        await using var client = await daemon.ConnectAsync();
        await client.LoginAsync(new ClientFrame.Login("admin", password, Rooms: ["geral"]));
        StringAssert.Contains(await client.TypeAsync("/auditoria"), "admin reset");
    }

    [TestMethod]
    public async Task APathTooLongForASocketWorks()
    {
        using var folder = new ScratchFolder();
        var data = Path.Combine(folder.Path, new string('d', 120));
        await using var daemon = await TestDaemon.StartAsync(("Chat:Data:Folder", data));

        var (status, output, error) = await ProgramInTest.RunAsync(["admin", "reset", "--data", data], "pt-BR");

        Assert.AreEqual((0, ""), (status, error));
        StringAssert.StartsWith(output, "Nova senha de admin (mostrada uma única vez): ");
    }

    [TestMethod]
    public async Task OnlyAnAdminsPasswordIsReset()
    {
        await using var users = await TestUsers.StartAsync();
        await users.AccountAsync("ana", Role.Moderator);
        string[] ofAna = ["admin", "reset", "ana", "--data", Path.Combine(users.Daemon.Folder, "data")];

        Assert.AreEqual((2, "", "ana is not an admin. Admins: admin\n"), await ProgramInTest.RunAsync(ofAna));
        Assert.AreEqual((2, "", "ana não é administrador. Administradores: admin\n"), await ProgramInTest.RunAsync(ofAna, "pt-BR"));

        Assert.AreEqual("welcome", await users.TryLoginAsync("ana", TestUsers.Password));
    }

    /// <summary>The folder keeps others out. If it does not, the daemon asks the kernel who is there.</summary>
    [TestMethod, OSCondition(OperatingSystems.Linux), SupportedOSPlatform("linux")]
    public async Task AnotherAccountOfTheMachineIsRefused()
    {
        if (Environment.UserName != "root") Assert.Inconclusive("Only root can pass for another account.");
        using var log = new CapturedLog();
        await using var daemon = await TestDaemon.StartAsync(log, null);
        var socket = Path.Combine(daemon.Folder, "data", "control.sock");
        foreach (var path in new[] { daemon.Folder, Path.GetDirectoryName(socket)!, socket })
            File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);

        var answer = await OtherAccount.OrderAsync(socket, """{"command":"password","account":"admin"}""").WaitAsync(Wait.Limit);

        Assert.AreEqual("", answer);
        await log.LineAsync(line => line.Contains("Refused an order over the control socket"));
        await using var client = await daemon.ConnectAsync();
        await client.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword, Rooms: []));
    }

    private static async Task<string> ResetAsync(TestDaemon daemon)
    {
        var (status, output, error) = await ProgramInTest.RunAsync(["admin", "reset", "--data", Path.Combine(daemon.Folder, "data")]);
        Assert.AreEqual((0, ""), (status, error));
        StringAssert.StartsWith(output, Shown);
        return output[Shown.Length..].Trim();
    }

    private static void AssertNowhereIn(string folder, string password) => Assert.IsEmpty(StoredBytes.With(password, folder, "*"));
}
