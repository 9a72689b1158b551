using System.Runtime.Versioning;
using Chat.Daemon.Configuration;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary><c>chatd backup</c>: a copy is complete, whatever happens meanwhile.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
public sealed class BackupTests(TestContext context)
{
    [TestMethod]
    public async Task ABackupUnderLoadEndsAndHoldsWhatWasEchoedBefore()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var folder = new ScratchFolder();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        var before = 0L;
        for (var i = 0; i < 50; i++) before = (await ana.SayAsync("geral", new string('x', 2_000))).Seq;

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var talking = TalkAsync(daemon, begun, enough.Token);
        await begun.Task.WaitAsync(Wait.Limit, context.CancellationToken);
        var (status, output, error) = await BackUpAsync(daemon, folder["copy.db"]);
        await enough.CancelAsync();
        var after = await talking;

        Assert.AreEqual((0, ""), (status, error));
        StringAssert.StartsWith(output, $"Backup written: {folder["copy.db"]} (");
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["copy.db"]));
        Assert.IsEmpty(Directory.GetFiles(Path.Combine(daemon.Folder, "data"), "backup-*"));
        var last = await LastOfCopyAsync(folder);
        Assert.IsInRange(before, after, last);
    }

    [TestMethod]
    public async Task AStoppedDaemonIsCopiedToo()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var folder = new ScratchFolder();
        await using (var ana = await daemon.GuestAsync("ana", "geral")) await ana.SayAsync("geral", "oi");
        await daemon.StopAsync();

        Assert.AreEqual(0, (await BackUpAsync(daemon, folder["copy.db"])).Status);

        Assert.AreEqual(1, await LastOfCopyAsync(folder));
        await daemon.StartAgainAsync();
    }

    [TestMethod]
    public async Task ALongPathWorks()
    {
        using var folder = new ScratchFolder();
        var data = Path.Combine(folder.Path, new string('d', 120));
        await using var daemon = await TestDaemon.StartAsync(("Chat:Data:Folder", data));
        var mode = File.GetUnixFileMode(Path.Combine(data, "control.sock"));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode, "nobody else connects");

        var (status, _, error) = await ProgramInTest.RunAsync(["backup", folder["copy.db"], "--data", data]);

        Assert.AreEqual((0, ""), (status, error));
    }

    [TestMethod]
    public async Task WhatCannotBeWrittenIsRefused()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var folder = new ScratchFolder();
        await File.WriteAllTextAsync(folder["there"], "mine", context.CancellationToken);

        var exists = $"{folder["there"]} exists already: choose another file.\n";
        Assert.AreEqual((2, exists), Failure(await BackUpAsync(daemon, folder["there"])));
        Assert.AreEqual("mine", await File.ReadAllTextAsync(folder["there"], context.CancellationToken));
        var (status, error) = Failure(await BackUpAsync(daemon, folder["nowhere/copy.db"]));
        Assert.AreEqual(2, status);
        StringAssert.StartsWith(error, $"Cannot write {folder["nowhere/copy.db"]} (");
        (status, error) = Failure(await ProgramInTest.RunAsync(["backup", folder["copy.db"], "--data", folder["empty"]]));
        Assert.AreEqual((2, $"There is no database in {folder["empty"]}: choose the data folder with --data.\n"), (status, error));
        Assert.AreEqual((2, "A file is required: chatd backup FILE\n"), Failure(await ProgramInTest.RunAsync(["backup"])));
    }

    [TestMethod]
    public async Task WhatAKilledDaemonLeftIsDeleted()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.StopAsync();
        var left = Path.Combine(daemon.Folder, "data", "backup-1.db");
        await File.WriteAllTextAsync(left, "half", context.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(daemon.Folder, "data", "control.sock"), "", context.CancellationToken);

        await daemon.StartAgainAsync();

        Assert.IsFalse(File.Exists(left));
        using var folder = new ScratchFolder();
        Assert.AreEqual(0, (await BackUpAsync(daemon, folder["copy.db"])).Status);
    }

    /// <summary>The program was killed in the middle of a copy: SQLite would replay the log into the next one.</summary>
    [TestMethod]
    public async Task WhatAKilledProgramLeftIsNoPartOfTheNextCopy()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var folder = new ScratchFolder();
        var left = folder["copy.db.unfinished"];
        Assert.AreEqual(0, (await BackUpAsync(daemon, left)).Status);
        using (var writer = new DatabaseFile(left, Durability.Normal).OpenWriter())
        {
            Sql.Execute(writer, "CREATE TABLE left_behind AS SELECT randomblob(100000) AS bytes");
            File.Copy(left + "-wal", folder["wal"]);
        }
        File.Move(folder["wal"], left + "-wal");

        var (status, _, error) = await BackUpAsync(daemon, folder["copy.db"]);

        Assert.AreEqual((0, ""), (status, error));
        Assert.AreEqual(folder["copy.db"], Directory.GetFiles(folder.Path).Single());
    }

    private static Task<(int Status, string Output, string Error)> BackUpAsync(TestDaemon daemon, string file) =>
        ProgramInTest.RunAsync(["backup", file, "--data", Path.Combine(daemon.Folder, "data")]);

    private static (int Status, string Error) Failure((int Status, string Output, string Error) run)
    {
        Assert.AreEqual("", run.Output);
        return (run.Status, run.Error);
    }

    /// <returns>The last number echoed.</returns>
    private static async Task<long> TalkAsync(TestDaemon daemon, TaskCompletionSource begun, CancellationToken cancellation)
    {
        await using var bia = await daemon.GuestAsync("bia", "geral");
        var last = 0L;
        while (!cancellation.IsCancellationRequested)
        {
            last = (await bia.SayAsync("geral", "meanwhile")).Seq;
            begun.TrySetResult();
        }
        return last;
    }

    /// <returns>The last number in the copy, once a daemon has started on it.</returns>
    private static async Task<long> LastOfCopyAsync(ScratchFolder folder)
    {
        Directory.CreateDirectory(folder["restored"]);
        File.Copy(folder["copy.db"], Path.Combine(folder["restored"], "chat.db"));
        await using var daemon = await TestDaemon.StartAsync(("Chat:Data:Folder", folder["restored"]));
        await using var ana = await daemon.GuestAsync("caio", "geral");
        return (await ana.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"))).Messages[^1].Seq;
    }
}
