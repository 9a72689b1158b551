using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Storage;

/// <summary>What is wrong with Chat:Database or the server is said in a sentence that shows no password, before anything starts.</summary>
[TestClass]
public sealed class PostgresStartTests
{
    [TestMethod]
    [DataRow("chat.db")]
    [DataRow("postgres://chatd:s3gr3do@db/chat")]
    [DataRow("Host=db;Database=chat;Password=abc;s3gr3do=x")]
    [DataRow("Host=db;Database=chat;Password=abc;s3gr3do")]
    [DataRow("Host=db;Senha=s3gr3do")]
    [DataRow("Host=db;Port=s3gr3do")]
    [DataRow("Host=db;SSL Mode=s3gr3do")]
    [DataRow("Database=chat;Username=chatd;Password=s3gr3do")]
    [DataRow("Host=;Database=chat;Password=s3gr3do")]
    public async Task WhatIsNoConnectionStringIsRefused(string database)
    {
        var message = await RefusedAsync(database);
        Assert.Contains("Chat:Database", message);
        Assert.Contains("write it like Host=", message);
    }

    [TestMethod]
    [DataRow("Host=127.0.0.1;Port=1")]
    [DataRow("Host=no.such.host.invalid")]
    [DataRow("Host=/no/such/folder")]
    [DataRow("Host=127.0.0.1,127.0.0.2;Port=1;Target Session Attributes=any")]
    public async Task AServerThatCannotBeReachedIsNamed(string server)
    {
        var message = await RefusedAsync($"{server};Database=chat;Username=chatd;Password=s3gr3do");
        Assert.Contains($"{server.Split(';')[0]["Host=".Length..]}/chat", message);
        Assert.Contains("check the server", message);
    }

    [TestMethod]
    public async Task ADatabaseThatIsNotThereIsNamed()
    {
        var there = await TestServer.NewSchemaAsync();
        var nowhere = there.Replace("Database=postgres", "Database=nowhere", StringComparison.Ordinal);
        Assert.Contains("does not exist", await RefusedAsync(nowhere));
        Assert.Contains("no schema", await RefusedAsync($"{there}_not"));
    }

    [TestMethod]
    public async Task TheTablesOfAnotherProgramStayAsTheyAre()
    {
        var database = await TestServer.NewSchemaAsync();
        var schema = SchemaOf(database);
        await TestServer.ExecuteAsync($"CREATE TABLE {schema}.accounts(id int); INSERT INTO {schema}.accounts VALUES (1)");
        Assert.Contains("belongs to another program", await RefusedAsync(database));
        await TestServer.ExecuteAsync($"DROP TABLE {schema}.accounts");
        await using var daemon = await StartAsync(database);
    }

    /// <summary>The first schema of the path is the daemon's, even if another daemon's tables are in the next.</summary>
    [TestMethod]
    public async Task TablesInALaterSchemaAreNotTaken()
    {
        var (one, other) = (await TestServer.NewSchemaAsync(), await TestServer.NewSchemaAsync());
        await using var first = await StartAsync(one);
        await using var second = await StartAsync($"{other},{SchemaOf(one)}");
    }

    [TestMethod]
    public async Task ASecondDaemonIsRefused()
    {
        var database = await TestServer.NewSchemaAsync();
        await using var first = await StartAsync(database);
        Assert.Contains("Another chatd uses", await RefusedAsync(database));
    }

    [TestMethod]
    public async Task TablesOfANewerVersionAreRefused()
    {
        var database = await TestServer.NewSchemaAsync();
        await (await StartAsync(database)).DisposeAsync();
        await TestServer.ExecuteAsync($"UPDATE {SchemaOf(database)}.schema SET version = 1000");
        Assert.Contains("newer chatd", await RefusedAsync(database));
    }

    [TestMethod]
    public async Task FullNeedsAServerThatWaitsForItsDisk()
    {
        var database = await TestServer.NewSchemaAsync();
        var lazy = $"{database};Options=-c synchronous_commit=off";
        Assert.Contains("synchronous_commit = off", await RefusedAsync(lazy, "full"));
        await (await StartAsync(lazy, "normal")).DisposeAsync();
        await (await StartAsync(database, "full")).DisposeAsync();
    }

    private static string SchemaOf(string database) => database.Split("Search Path=")[1];

    private static Task<TestDaemon> StartAsync(string database, string durability = "normal") =>
        TestDaemon.StartAsync(("Chat:Database", database), ("Chat:History:Durability", durability));

    private static async Task<string> RefusedAsync(string database, string durability = "normal")
    {
        var refused = await Assert.ThrowsAsync<StorageUnusableException>(() => StartAsync(database, durability));
        Assert.AreEqual(ExitStatus.DatabaseUnusable, refused.Status);
        for (Exception? e = refused; e is not null; e = e.InnerException) Assert.DoesNotContain("s3gr3do", e.ToString());
        Assert.DoesNotContain("s3gr3do", refused.In("pt-BR"));
        return refused.Message;
    }
}
