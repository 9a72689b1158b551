using System.Runtime.Versioning;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary><c>chatd restore</c>: the backup is there afterwards, and the old database beside it.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
public sealed class RestoreTests(TestContext context)
{
    [TestMethod]
    public async Task ABackupComesBackAndTheOldDatabaseIsKept()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var folder = new ScratchFolder();
        await using (var ana = await daemon.GuestAsync("ana", "geral"))
        {
            await ana.SayAsync("geral", "before");
            await RunAsync(daemon, "backup", folder["copy.db"]);
            await ana.SayAsync("geral", "after");
        }
        var (status, _, error) = await RunAsync(daemon, "restore", folder["copy.db"]);
        Assert.AreEqual(3, status, error);
        StringAssert.StartsWith(error, "Another chatd uses the data folder ");
        await daemon.StopAsync();

        var kept = DataOf(daemon, "chat.db.before-restore");
        Assert.AreEqual(
            (0, $"Restored {folder["copy.db"]} into {DataOf(daemon, "")}. "
                + $"The database that was there is now {kept}; delete it when you no longer need it.\n", ""),
            await RunAsync(daemon, "restore", folder["copy.db"]));
        await daemon.StartAgainAsync();
        CollectionAssert.AreEqual((string[])["before"], await TextsAsync(daemon));
        await daemon.StopAsync();

        Assert.AreEqual(0, (await RunAsync(daemon, "restore", kept)).Status);
        await daemon.StartAgainAsync();
        CollectionAssert.AreEqual((string[])["before", "after"], await TextsAsync(daemon));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DataOf(daemon, "chat.db")));
    }

    [TestMethod]
    public async Task ALostDatabaseComesBackWithoutTheLogOfTheOldOne()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var folder = new ScratchFolder();
        await using (var ana = await daemon.GuestAsync("ana", "geral")) await ana.SayAsync("geral", "before");
        await RunAsync(daemon, "backup", folder["copy.db"]);
        await daemon.StopAsync();
        File.Delete(DataOf(daemon, "chat.db"));
        await File.WriteAllTextAsync(DataOf(daemon, "chat.db-wal"), "the log of a lost database", context.CancellationToken);

        Assert.AreEqual(
            (0, $"Restored {folder["copy.db"]} into {DataOf(daemon, "")}.\n", ""), await RunAsync(daemon, "restore", folder["copy.db"]));
        Assert.IsTrue(File.Exists(DataOf(daemon, "chat.db.before-restore-wal")));
        await daemon.StartAgainAsync();
        CollectionAssert.AreEqual((string[])["before"], await TextsAsync(daemon));
    }

    [TestMethod]
    public async Task ADamagedDatabaseIsReplacedAndKept()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var folder = new ScratchFolder();
        await using (var ana = await daemon.GuestAsync("ana", "geral")) await ana.SayAsync("geral", "before");
        await RunAsync(daemon, "backup", folder["copy.db"]);
        await daemon.StopAsync();
        await File.WriteAllTextAsync(DataOf(daemon, "chat.db"), new string('x', 10_000), context.CancellationToken);

        Assert.AreEqual(0, (await RunAsync(daemon, "restore", folder["copy.db"])).Status);
        Assert.AreEqual(10_000, new FileInfo(DataOf(daemon, "chat.db.before-restore")).Length);
        await daemon.StartAgainAsync();
        CollectionAssert.AreEqual((string[])["before"], await TextsAsync(daemon));
    }

    [TestMethod]
    public async Task WhatIsNoBackupChangesNothing()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var folder = new ScratchFolder();
        await using (var ana = await daemon.GuestAsync("ana", "geral")) await ana.SayAsync("geral", "mine");
        await RunAsync(daemon, "backup", folder["copy.db"]);
        await daemon.StopAsync();
        await File.WriteAllTextAsync(folder["junk.db"], new string('x', 10_000), context.CancellationToken);
        await File.WriteAllBytesAsync(
            folder["half.db"], (await File.ReadAllBytesAsync(folder["copy.db"], context.CancellationToken))[..20_000],
            context.CancellationToken);

        string[] wrong = [folder["none.db"], DataOf(daemon, "chat.db")];
        foreach (var file in wrong)
        {
            Assert.AreEqual(
                (2, "", $"{file} is not a backup: give a file that chatd backup wrote.\n"), await RunAsync(daemon, "restore", file));
        }
        foreach (var file in (string[])[folder["junk.db"], folder["half.db"]])
        {
            var (status, output, error) = await RunAsync(daemon, "restore", file);
            Assert.AreEqual((4, ""), (status, output), error);
            StringAssert.Contains(error, file);
        }
        Assert.AreEqual((2, "", "A file is required: chatd restore FILE\n"), await ProgramInTest.RunAsync(["restore"]));
        Assert.IsEmpty(Directory.GetFiles(DataOf(daemon, ""), "*restor*"));
        await daemon.StartAgainAsync();
        CollectionAssert.AreEqual((string[])["mine"], await TextsAsync(daemon));
    }

    private static string DataOf(TestDaemon daemon, string name) => Path.Combine(daemon.Folder, "data", name).TrimEnd('/');

    private static Task<(int Status, string Output, string Error)> RunAsync(TestDaemon daemon, string command, string file) =>
        ProgramInTest.RunAsync([command, file, "--data", DataOf(daemon, "")]);

    private static async Task<string[]> TextsAsync(TestDaemon daemon)
    {
        await using var reader = await daemon.GuestAsync("caio", "geral");
        var page = await reader.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"));
        return [.. page.Messages.Select(message => message.Text)];
    }
}
