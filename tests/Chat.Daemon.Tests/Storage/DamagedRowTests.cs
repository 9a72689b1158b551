using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Tests.Storage;

/// <summary>Rows that no daemon has written: what touches them is refused, and the log names them.</summary>
[TestClass]
public sealed class DamagedRowTests : IDisposable
{
    private readonly CapturedLog log = new();

    public void Dispose() => log.Dispose();

    [TestMethod]
    [DataRow("text", "NULL", DisplayName = "a text of NULL")]
    [DataRow("text", "CAST(x'6FC3' AS TEXT)", DisplayName = "a text that is not UTF-8")]
    [DataRow("text", "printf('%.*c', 9000, 'x')", DisplayName = "a text that is too long")]
    [DataRow("sender", "NULL", DisplayName = "no sender")]
    [DataRow("at", "9000000000000000000", DisplayName = "a time beyond the calendar")]
    public async Task AMessageIsRefusedToItsReadersAndNamed(string column, string value)
    {
        await using var daemon = await TestDaemon.StartAsync(log, null);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        foreach (var text in (string[])["um", "dois", "três"]) await ana.SayAsync("geral", text);
        Damage(daemon, "messages", column, $"UPDATE messages SET {column} = {value} WHERE seq = 2");

        Assert.AreEqual(RefusalCode.Storage, (await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.History("geral"))).Code);
        await log.LineAsync(line => line.Contains("messages", StringComparison.Ordinal)
            && line.Contains("conversation 1, seq 2", StringComparison.Ordinal) && line.Contains(column, StringComparison.Ordinal));
        Assert.HasCount(1, (await ana.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral", After: 2))).Messages);
        await using var bia = await daemon.GuestAsync("bia", []);
        Assert.AreEqual(RefusalCode.Storage, (await bia.AskAsync<DaemonFrame.Error>(new ClientFrame.Join("geral", After: 0))).Code);
        await bia.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
        Assert.AreEqual(4, (await bia.SayAsync("geral", "quatro")).Seq);
        await ana.ExpectAsync<DaemonFrame.Message>(m => m.Seq == 4);
    }

    [TestMethod]
    public async Task ASessionWithAnInvalidNameIsRefusedAndNamed()
    {
        await using var daemon = await TestDaemon.StartAsync(log, null);
        string token;
        await using (var ana = await daemon.ConnectAsync()) token = (await ana.LoginAsync("ana", "geral")).Token!;
        await daemon.StopAsync();
        Damage(daemon, "sessions", "name", "UPDATE sessions SET name = '', held = 0");
        await daemon.StartAgainAsync();

        await using var client = await daemon.ConnectAsync();
        Assert.AreEqual(RefusalCode.Storage, (await client.AskAsync<DaemonFrame.Error>(new ClientFrame.Login(Token: token))).Code);
        await log.LineAsync(line => line.Contains("sessions", StringComparison.Ordinal) && line.Contains("id 1", StringComparison.Ordinal));
        await client.LoginAsync("bia", "geral");
    }

    [TestMethod]
    [DataRow("password", "'x'")]
    [DataRow("role", "17")]
    public async Task AnAccountThatCannotBeReadIsRefusedAndNamed(string column, string value)
    {
        await using var daemon = await TestDaemon.StartAsync(log, null);
        Damage(daemon, "accounts", column, $"UPDATE accounts SET {column} = {value}");
        await using var client = await daemon.ConnectAsync();
        var login = new ClientFrame.Login("admin", TestDaemon.AdminPassword);
        Assert.AreEqual(RefusalCode.Storage, (await client.AskAsync<DaemonFrame.Error>(login)).Code);
        await log.LineAsync(line => line.Contains($"accounts row id 1: {column} is no ", StringComparison.Ordinal));
        await client.LoginAsync("bia", "geral");
    }

    [TestMethod]
    public async Task ARoomWithAnInvalidNameIsRefusedAndNamed()
    {
        await using var daemon = await TestDaemon.StartAsync(log, null);
        await using (var ana = await daemon.GuestAsync("ana", "geral", "outra")) await ana.SayAsync("outra", "oi");
        await daemon.StopAsync();
        Damage(daemon, "conversations", "name", "UPDATE conversations SET name = 'a b' WHERE name_key = 'outra'");
        await daemon.StartAgainAsync();

        await using var bia = await daemon.GuestAsync("bia", "geral");
        Assert.AreEqual(RefusalCode.Storage, (await bia.AskAsync<DaemonFrame.Error>(new ClientFrame.Join("outra"))).Code);
        await log.LineAsync(line => line.Contains("conversations", StringComparison.Ordinal)
            && line.Contains("id 2", StringComparison.Ordinal));
        await bia.SayAsync("geral", "oi");
        CollectionAssert.AreEqual(new[] { "damaged" }, daemon.Get<DaemonHealth>().Warnings.ToList());
    }

    [TestMethod]
    [DataRow("bans", "INSERT INTO bans(subject, name, network, reason, by, at) VALUES ('', 'x', '300.0.0.0/8', '', '', 1)")]
    [DataRow("bans", "INSERT INTO bans(subject, name, network, reason, by, at, until) VALUES ('a1', 'x', '', '', '', 1, 1 << 62)")]
    [DataRow("mutes", "INSERT INTO mutes(identity, conversation, until, reason, by) VALUES ('a1', 0, 1 << 62, '', '')")]
    public async Task ABanOrAMuteThatCannotBeReadStopsTheStart(string table, string sql)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.StopAsync();
        Damage(daemon, table, "", sql);
        var failure = await Assert.ThrowsExactlyAsync<DatabaseUnusableException>(daemon.StartAgainAsync);
        Assert.AreEqual(ExitStatus.DatabaseUnusable, failure.Status);
        Assert.Contains($"{table} row ", failure.Message);
        Assert.Contains("restore a backup", failure.Message);
    }

    [TestMethod]
    public async Task AMessageSentAgainIsEchoedAsErasedIfItsRowIsDamaged()
    {
        await using var daemon = await TestDaemon.StartAsync(log, null);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        var message = new ClientFrame.Message("um", "geral") { Id = "m" };
        await ana.AskAsync<DaemonFrame.Message>(message);
        Damage(daemon, "messages", "text", "UPDATE messages SET text = NULL");

        var echo = await ana.AskAsync<DaemonFrame.Message>(message);
        Assert.AreEqual((1, "", true), (echo.Seq, echo.Text, echo.Erased));
        await log.LineAsync(line => line.Contains("conversation 1, seq 1", StringComparison.Ordinal));
        Assert.AreEqual(2, (await ana.SayAsync("geral", "dois")).Seq);
    }

    /// <summary>Writes past the table's rules, as a broken disk would.</summary>
    private static void Damage(TestDaemon daemon, string table, string column, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(daemon.Folder, "data", "chat.db")};Pooling=False");
        connection.Open();
        var version = Sql.Number(connection, "PRAGMA schema_version");
        Sql.Execute(
            connection,
            $"""
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql, ' {column} TEXT NOT NULL', ' {column} TEXT') WHERE name = '{table}';
            PRAGMA schema_version = {version + 1};
            PRAGMA writable_schema = RESET;
            """);
        Assert.IsGreaterThan(0, Sql.Execute(connection, sql));
    }
}
