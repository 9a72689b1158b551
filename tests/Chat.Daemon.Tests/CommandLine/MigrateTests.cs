using System.Runtime.Versioning;
using Chat.Daemon.Storage.Migration;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;
using Npgsql;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary><c>chatd migrate</c> makes an equal copy even when it is interrupted, and a daemon runs on the copy.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
public sealed class MigrateTests(TestContext context)
{
    /// <summary>To measure with many.</summary>
    private static readonly int? Messages =
        int.TryParse(Environment.GetEnvironmentVariable("CHAT_MIGRATE_MESSAGES"), out var count) ? count : null;

    private string server = "";

    [TestInitialize]
    public async Task MakeDatabaseAsync() => server = await TestServer.NewSchemaAsync();

    [TestMethod]
    public async Task ARoundTripChangesNothing()
    {
        using var source = new FilledFolder(messages: Messages ?? 5_000);
        var expected = FilledFolder.ContentOf(source.Data);

        var there = await MigrateAsync(source.Data, server);
        Assert.AreEqual(0, there.Status, there.Error);
        StringAssert.Contains(there.Output, "3 conversations, all compared by counts and checksums.");
        StringAssert.Contains(there.Output, $"start chatd with the same data folder, {source.Data}:");
        var back = await MigrateAsync(server, source["again"]);

        Assert.AreEqual(0, back.Status, back.Error);
        context.WriteLine(there.Output + back.Output);
        CollectionAssert.AreEquivalent(
            new[] { "chat.db", "chatd.lock" }, Directory.GetFiles(source["again"]).Select(path => Path.GetFileName(path)).ToArray());
        Assert.AreEqual(expected, FilledFolder.ContentOf(source["again"]));
    }

    /// <summary>A daemon on the copy knows tokens, numbers, changes, words and roles.</summary>
    [TestMethod]
    public async Task ADaemonGoesOnWithTheCopy()
    {
        await using var users = await TestUsers.StartAsync();
        await users.AccountAsync("moa", Role.Moderator);
        string token;
        await using (var moa = await users.ConnectAsync("moa"))
        {
            token = (await moa.LoginAsync(new ClientFrame.Login("moa", TestUsers.Password, Rooms: ["geral"]))).Token!;
            await moa.SayAsync("geral", "a árvore");
            await moa.SayAsync("geral", "the second");
            await moa.AskAsync<DaemonFrame.Change>(new ClientFrame.Edit(2, "the second, edited", "geral"));
            await moa.AskAsync<DaemonFrame.Change>(new ClientFrame.React(1, "👍", "geral"));
        }
        var data = Path.Combine(users.Daemon.Folder, "data");
        await users.Daemon.StopAsync();
        Assert.AreEqual(0, (await MigrateAsync(data, server)).Status);
        string later;
        await using (var onServer = await TestDaemon.StartAsync(("Chat:Database", server), ("Chat:Data:Folder", data)))
            later = await GoOnAsync(onServer, token, last: 2);
        using var folder = new ScratchFolder();
        Assert.AreEqual(0, (await MigrateAsync(server, folder["back"])).Status);
        await using var again = await TestDaemon.StartAsync(("Chat:Data:Folder", folder["back"]));
        await GoOnAsync(again, later, last: 3);
        await users.Daemon.StartAgainAsync();
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task AKilledCopyGoesOn(bool isToServer)
    {
        using var source = new FilledFolder(messages: 150_000);
        var expected = FilledFolder.ContentOf(source.Data);
        if (!isToServer) Assert.AreEqual(0, (await MigrateAsync(source.Data, server)).Status);
        var (from, to) = isToServer ? (source.Data, server) : (server, source["again"]);
        for (var kill = 0; kill < 2; kill++)
        {
            using var chatd = ChatdProcess.Start(source.Data, ["migrate", "--from", from, "--to", to, "--lang", "en"]);
            await Wait.UntilAsync(() => HasBegunAsync(source, isToServer, 20_000 * kill), () => Task.Delay(5));
            await chatd.StopAsync("KILL");
            Assert.IsTrue(await IsUnfinishedAsync(source, isToServer), "it was killed too late");
        }
        if (isToServer)
        {
            var (_, refusal) = Failure(await ProgramInTest.RunAsync([$"--Chat:Database={server}", "--data", source["other"]]));
            StringAssert.Contains(refusal, "is an unfinished copy of another: repeat the command chatd migrate");
        }

        var (status, _, error) = await MigrateAsync(from, to);

        Assert.AreEqual(0, status, error);
        StringAssert.StartsWith(error, "Going on with the unfinished copy.\n");
        if (isToServer) Assert.AreEqual(0, (await MigrateAsync(server, source["again"])).Status);
        Assert.IsTrue(expected == FilledFolder.ContentOf(source["again"]), "the copy differs");
    }

    [TestMethod]
    public async Task AnUnfinishedCopyIsOfOneSource()
    {
        using var source = new FilledFolder();
        source.Execute("UPDATE plugin_values SET value = 'a' || char(0) || 'b' WHERE version = 2");
        var (status, error) = Failure(await MigrateAsync(source.Data, server));
        Assert.AreEqual(4, status);
        StringAssert.StartsWith(error, "The column value of the table plugin_values holds the character U+0000 (version 2)");

        source.Execute("UPDATE plugin_values SET value = 'ab' WHERE version = 2");
        (status, error) = Failure(await MigrateAsync(source.Data, server));

        Assert.AreEqual(4, status);
        StringAssert.Contains(error, "is not of this source as it is now");
    }

    [TestMethod]
    public async Task WhereADaemonRunsNothingIsCopied()
    {
        using var source = new FilledFolder();
        await using var onFile = await TestDaemon.StartAsync();
        Assert.AreEqual(3, (await MigrateAsync(Path.Combine(onFile.Folder, "data"), server)).Status, "the source");
        await using var onServer = await TestDaemon.StartAsync(("Chat:Database", server));
        var (status, error) = Failure(await MigrateAsync(source.Data, server));
        Assert.AreEqual(4, status);
        StringAssert.StartsWith(error, "Another chatd uses the PostgreSQL database ");
        Assert.AreEqual(4, (await MigrateAsync(server, source["new"])).Status, "the source");
        await onServer.StopAsync();
        Assert.AreEqual(3, (await MigrateAsync(server, Path.Combine(onFile.Folder, "data"))).Status, "the target");
        StringAssert.Contains(Failure(await MigrateAsync(source.Data, server)).Error, "There is a database in ");
        StringAssert.Contains(Failure(await MigrateAsync(server, source.Data)).Error, "There is a database in ");
        await onServer.StartAgainAsync();
    }

    [TestMethod]
    [DataRow(999, "was written by a newer chatd (schema 999")]
    [DataRow(5, "has an older schema: start this version of chatd on it once")]
    public async Task TablesOfAnotherVersionAreNotCopied(int version, string sentence)
    {
        using var source = new FilledFolder();
        Assert.AreEqual(0, (await MigrateAsync(source.Data, server)).Status);
        source.Execute($"PRAGMA user_version = {version}");
        var (status, error) = Failure(await MigrateAsync(source.Data, await TestServer.NewSchemaAsync()));
        Assert.AreEqual(4, status);
        StringAssert.Contains(error, sentence);

        await ExecuteAsync($"UPDATE schema SET version = {(version == 5 ? 1 : version)}");
        (status, error) = Failure(await MigrateAsync(server, source["new"]));

        Assert.AreEqual(4, status);
        StringAssert.Contains(error, sentence);
    }

    [TestMethod]
    public async Task WrongPlacesAreRefused()
    {
        using var folder = new ScratchFolder();
        Assert.AreEqual(2, (await ProgramInTest.RunAsync(["migrate", "--from", folder.Path])).Status);
        var (status, error) = Failure(await MigrateAsync(folder.Path, folder["other"]));
        Assert.AreEqual(2, status);
        StringAssert.StartsWith(error, "One of --from and --to must be a data folder");
        (status, error) = Failure(await MigrateAsync(folder.Path, server));
        Assert.AreEqual(4, status);
        StringAssert.StartsWith(error, $"There is no database of chatd in {folder.Path}");
        Assert.AreEqual(4, (await MigrateAsync(server, folder["other"])).Status);
        Assert.AreEqual(4, (await MigrateAsync("Host=/nowhere;Database=x", folder["other"])).Status);
    }

    /// <returns>The session's token, which is a new one after each login.</returns>
    private static async Task<string> GoOnAsync(TestDaemon daemon, string token, long last)
    {
        await using var moa = await daemon.ConnectAsync("moa");
        var welcome = await moa.LoginAsync(new ClientFrame.Login(Token: token, Lang: "en"));
        CollectionAssert.Contains(welcome.Roles.ToArray(), "moderator");
        var history = await moa.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"));
        Assert.AreEqual("the second, edited", history.Messages[1].Text);
        Assert.AreEqual("👍", history.Messages[0].Reactions!.Single().Emoji);
        await daemon.IndexAsync();
        Assert.HasCount(1, (await moa.AskAsync<DaemonFrame.Found>(new ClientFrame.Search("arvore", "geral"))).Messages);
        await moa.SendAsync(new ClientFrame.Join("geral"));
        await moa.ExpectAsync<DaemonFrame.Joined>();
        Assert.AreEqual(last + 1, (await moa.SayAsync("geral", "later")).Seq);
        return welcome.Token ?? token;
    }

    private async Task<bool> HasBegunAsync(FilledFolder source, bool isToServer, long rows)
    {
        if (!isToServer)
        {
            var log = new FileInfo(Path.Combine(source["again"], FileTarget.Unfinished + "-wal"));
            return File.Exists(Path.Combine(source["again"], FileTarget.Unfinished + ".from")) && log.Exists && log.Length > 50 * rows;
        }
        try
        {
            return await NumberAsync("SELECT count(*) FROM messages") > rows;
        }
        catch (PostgresException)
        {
            return false; // there are no tables yet
        }
    }

    private async Task<bool> IsUnfinishedAsync(FilledFolder source, bool isToServer) => isToServer
        ? await NumberAsync("SELECT count(*) FROM migration") == 1 : File.Exists(Path.Combine(source["again"], FileTarget.Unfinished));

    private async Task<long> NumberAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static Task<(int Status, string Output, string Error)> MigrateAsync(string from, string to) =>
        ProgramInTest.RunAsync(["migrate", "--from", from, "--to", to]);

    private static (int Status, string Error) Failure((int Status, string Output, string Error) run) => (run.Status, run.Error);
}
