using System.Diagnostics;
using System.Globalization;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Tests.CommandLine;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Messages;

/// <summary>
/// The daemon on a file system without free space: one in memory, of a few megabytes. Unlike a limit of pages, it refuses bytes where
/// SQLite writes them, which is in the commit.
/// </summary>
[TestClass]
public sealed class DiskWithoutRoomTests
{
    private const string Password = "uma-senha-longa";

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task MessagesAreRefusedAsNotStoredAndLoginsGoOn()
    {
        await using var daemon = await StartAsync();
        var disk = DiskOf(daemon);
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        await ana.LoginAsync("ana", "geral");
        await ana.SayAsync("geral", "antes");
        Fill(disk);

        var (last, refusal) = await SayUntilRefusedAsync(ana, last: 1);
        Assert.AreEqual((RefusalCode.Storage, "geral"), (refusal.Code, refusal.Room));
        StringAssert.Contains(refusal.Text, "make room");
        var resent = new ClientFrame.Message(new string('b', 4000), "geral") { Id = "again" };
        for (var i = 0; i < 3; i++) Assert.AreEqual(RefusalCode.Storage, (await ana.AskAsync<DaemonFrame.Error>(resent)).Code);

        await using var admin = await TestClient.ConnectAsync(daemon.Port, "admin");
        var token = (await admin.LoginAsync(new ClientFrame.Login("admin", Password, Rooms: ["geral"], Lang: "en"))).Token;
        Assert.AreEqual(last, (await admin.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"))).Messages[^1].Seq);
        await using var bia = await TestClient.ConnectAsync(daemon.Port, "bia");
        await bia.LoginAsync("bia", "geral");
        Assert.AreEqual(RefusalCode.Storage, (await bia.AskAsync<DaemonFrame.Error>(resent)).Code);
        Assert.AreEqual(
            RefusalCode.Storage, (await bia.AskAsync<DaemonFrame.Error>(new ClientFrame.Join("nova"))).Code);
        StringAssert.Contains(daemon.Errors, "Make room");

        File.Delete(Path.Combine(disk, "filler"));
        Assert.AreEqual(last + 1, (await ana.AskAsync<DaemonFrame.Message>(resent)).Seq);
        Assert.AreEqual(last + 2, (await admin.SayAsync("geral", "depois")).Seq);
        Assert.AreEqual(last + 3, (await bia.AskAsync<DaemonFrame.Message>(resent)).Seq);
        Assert.AreEqual(last + 3, (await bia.AskAsync<DaemonFrame.Message>(resent)).Seq, "logged once");

        await using var back = await TestClient.ConnectAsync(daemon.Port, "back");
        Assert.AreEqual("admin", (await back.LoginAsync(new ClientFrame.Login(Token: token, Rooms: ["geral"]))).User);
    }

    private static async Task<(long Last, DaemonFrame.Error Refusal)> SayUntilRefusedAsync(TestClient client, long last)
    {
        var message = new ClientFrame.Message(new string('a', 4000), "geral");
        while (true)
        {
            switch (await client.AskAsync<DaemonFrame>(message))
            {
                case DaemonFrame.Message echo:
                    Assert.AreEqual(++last, echo.Seq);
                    Assert.IsLessThan(2000, last, "the disk never filled up");
                    break;
                case DaemonFrame.Error error:
                    return (last, error);
            }
        }
    }

    private static void Fill(string disk)
    {
        using var filler = File.Create(Path.Combine(disk, "filler"));
        foreach (var size in (int[])[65_536, 4_096])
        {
            try
            {
                while (true)
                {
                    filler.Write(new byte[size]);
                    filler.Flush(flushToDisk: true);
                }
            }
            catch (IOException)
            {
                // No room for this much any more.
            }
        }
    }

    [TestMethod]
    public async Task ABackupWithoutRoomIsRefusedBeforehand()
    {
        await using var small = await StartAsync();
        using var folder = new ScratchFolder();
        string[] backup = ["backup", folder["copy.db"], "--data", DiskOf(small)];
        var (status, output, error) = await ProgramInTest.RunAsync(backup);
        Assert.AreEqual((2, ""), (status, output));
        Assert.MatchesRegex(
            $@"^The daemon needs 1\d\.\d MB in {DiskOf(small)} to copy the database, but \d\.\d MB are free: make room, or stop", error);
        (_, _, error) = await ProgramInTest.RunAsync(backup, "pt-BR");
        StringAssert.StartsWith(error, "O servidor precisa de 1");

        await using var large = await TestDaemon.StartAsync();
        await large.Get<SqliteWriter>().WriteAsync(connection => Sql.Execute(
            connection, "CREATE TABLE filler AS SELECT randomblob(6000000) AS bytes"));
        (status, output, error) = await ProgramInTest.RunAsync(
            ["backup", Path.Combine(DiskOf(small), "copy.db"), "--data", Path.Combine(large.Folder, "data")]);
        Assert.AreEqual((2, ""), (status, output));
        Assert.MatchesRegex($@"^The backup needs \d\.\d MB in {DiskOf(small)}, but \d\.\d MB are free: make room, or choose", error);
        Assert.IsEmpty(Directory.GetFiles(DiskOf(small), "*copy*"));
        var data = Path.Combine(large.Folder, "data");
        await Wait.UntilAsync(() => Directory.GetFiles(data, "backup-*").Length == 0, () => Task.Delay(10));
    }

    /// <summary>The daemon's data folder, as the daemon sees it.</summary>
    private static string DiskOf(ProcessDaemon daemon) =>
        $"/proc/{daemon.ProcessId.ToString(CultureInfo.InvariantCulture)}/root{daemon.Folder}/data";

    /// <summary>Mounting needs no rights in a user namespace, where the system permits these.</summary>
    private static async Task<ProcessDaemon> StartAsync()
    {
        using var probe = Process.Start("unshare", ["-Urm", "true"]);
        await probe.WaitForExitAsync().WaitAsync(Wait.Limit);
        if (probe.ExitCode != 0) Assert.Inconclusive("This system permits no user namespaces.");
        return await ProcessDaemon.StartAsync(folder =>
        {
            var daemon = BuiltDaemon.Launch(
                folder, ["--Chat:Admin:Password", Password, "--Chat:Limits:MessagesPerSecond=0", "--Chat:Language=en"]);
            var start = new ProcessStartInfo(
                "unshare",
                [
                    "-Urm", "/bin/sh", "-c", "mkdir data && mount -t tmpfs -o size=4m,mode=700 tmpfs data && exec \"$0\" \"$@\"",
                    daemon.FileName, .. daemon.ArgumentList,
                ])
            { WorkingDirectory = daemon.WorkingDirectory };
            foreach (var name in start.Environment.Keys.Except(daemon.Environment.Keys).ToList()) start.Environment.Remove(name);
            return start;
        });
    }
}
