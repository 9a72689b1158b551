using System.Runtime.Versioning;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;
using Npgsql;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary>
/// <c>chatd account</c> where the database is on a server. A running daemon gets the order, whether the command knows the server or not.
/// </summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
public sealed class PostgresAccountTests(TestContext context)
{
    private const string Name = "zenobiakx7", Secret = "qwxyz-marker-of-a-text";

    private string database = "";

    [TestInitialize]
    public async Task MakeDatabaseAsync() => database = await TestServer.NewSchemaAsync();

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public async Task NothingOfAnErasedAccountIsLeftInTheTables(bool isStopped, bool withTexts)
    {
        using var log = new CapturedLog();
        await using var users = await TestUsers.StartAsync(log, null, ("Chat:Database", database));
        await LeaveTracesAsync(users);
        Assert.AreNotEqual(0, await TestServer.CountAsync(database, Name), "rows that name the account");
        if (isStopped) await users.Daemon.StopAsync();

        string[] texts = withTexts ? ["--messages"] : [], server = isStopped ? [$"--Chat:Database={database}"] : [];
        var (status, output, error) = await RunAsync(users, ["erase", Name.ToUpperInvariant(), "--yes", .. texts, .. server]);

        Assert.AreEqual((0, ""), (status, error));
        StringAssert.Contains(output, "deleted-");
        if (!isStopped) await log.LineAsync(line => line.Contains("Account erased: deleted-"));
        Assert.AreEqual(0, await TestServer.CountAsync(database, Name));
        Assert.AreEqual(withTexts ? 0 : 2, await TestServer.CountAsync(database, Secret));
        if (isStopped) await users.Daemon.StartAgainAsync();
        await using var bia = await users.EnterAsync("bia", Role.Member);
        var room = await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"));
        CollectionAssert.AreEqual(
            new[] { withTexts ? "" : $"{Secret} 1", "to others" }, room.Messages.Select(message => message.Text).ToList());
        StringAssert.StartsWith(room.Messages[0].From, "deleted-");
        Assert.AreEqual("welcome", await users.TryLoginAsync(Name), "the name is free");
    }

    /// <summary>Only the daemon was told where the database is.</summary>
    [TestMethod]
    public async Task ABackupBesideTheDaemonIsLeftToTheServer()
    {
        using var log = new CapturedLog();
        await using var users = await TestUsers.StartAsync(log, null, ("Chat:Database", database));
        var place = new NpgsqlConnectionStringBuilder(database);
        await log.LineAsync(line => line.Contains($", database {place.Host}/{place.Database}, durability"));

        var data = Path.Combine(users.Daemon.Folder, "data");
        var (status, _, error) = await ProgramInTest.RunAsync(["backup", Path.Combine(users.Daemon.Folder, "copy.db"), "--data", data]);

        const string Expected = "Everything is on a PostgreSQL server (Chat:Database). " +
            "Back it up and restore it with its own tools, such as pg_dump and pg_restore.\n";
        Assert.AreEqual((2, Expected), (status, error));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task APasswordIsReset(bool isStopped)
    {
        await using var users = await TestUsers.StartAsync(("Chat:Database", database));
        await users.AccountAsync(Name, Role.Member);
        if (isStopped) await users.Daemon.StopAsync();

        string[] server = isStopped ? [$"--Chat:Database={database}"] : [];
        var (status, output, error) = await RunAsync(users, ["password", Name, .. server]);

        Assert.AreEqual((0, ""), (status, error));
        if (isStopped) await users.Daemon.StartAgainAsync();
        Assert.AreEqual("welcome", await users.TryLoginAsync(Name, output.TrimEnd().Split(' ', '\n')[^1]));
    }

    [TestMethod]
    public async Task ACommandThatKnowsNoServerFindsNothingWhileTheDaemonIsStopped()
    {
        await using var users = await TestUsers.StartAsync(("Chat:Database", database));
        await users.AccountAsync(Name, Role.Member);
        await users.Daemon.StopAsync();

        var (status, _, error) = await RunAsync(users, ["erase", Name, "--yes"]);

        Assert.AreEqual(2, status);
        StringAssert.Contains(error, $"has no account {Name}");
        await users.Daemon.StartAgainAsync();
        Assert.AreEqual("welcome", await users.TryLoginAsync(Name, TestUsers.Password));
    }

    private static async Task LeaveTracesAsync(TestUsers users)
    {
        await using var admin = await users.AdminAsync("en");
        await users.AccountAsync(Name, Role.Moderator);
        await using var zenobia = await users.EnterAsync(Name, Role.Moderator, "en");
        await using var bia = await users.EnterAsync("bia", Role.Member, "en");
        await zenobia.SayAsync("geral", $"{Secret} 1");
        await bia.SayAsync("geral", "to others");
        await zenobia.AskAsync<DaemonFrame.Message>(new ClientFrame.Message($"{Secret} 2", To: "bia"));
        await bia.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("answer", To: Name));
        await zenobia.TypeAsync("/private secret");
        await admin.TypeAsync($"/block {Name}");
        await zenobia.TypeAsync("/mute bia 10m loud");
        await admin.TypeAsync($"/mute {Name} 10m loud");
        await admin.TypeAsync($"/role @{Name.ToUpperInvariant()} admin");
    }

    private Task<(int Status, string Output, string Error)> RunAsync(TestUsers users, string[] arguments)
    {
        context.WriteLine(string.Join(' ', arguments));
        return ProgramInTest.RunAsync(["account", .. arguments, "--data", Path.Combine(users.Daemon.Folder, "data")]);
    }
}
