using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Tests.Rooms;

/// <summary>A private room is never public, not even while it is being created.</summary>
[TestClass]
public sealed class PrivateRoomTests
{
    [TestMethod]
    public async Task NobodyJoinsAPrivateRoomWhileItIsCreated()
    {
        await using var users = await TestUsers.StartAsync();
        var (mia, gil) = (await users.EnterAsync("mia", Role.Member), await users.EnterAsync("gil"));
        using var release = new ManualResetEventSlim();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await users.Daemon.Get<SqliteWriter>().WriteAsync(connection =>
        {
            ((SqliteConnection)connection).CreateFunction("hold", () =>
            {
                held.TrySetResult();
                release.Wait(Wait.Limit);
                return 1;
            });
            return Sql.Execute(
                connection, "CREATE TEMP TRIGGER held BEFORE UPDATE OF private ON conversations BEGIN SELECT hold(); END");
        });

        var made = mia.TypeAsync("/privada planos");
        await Task.WhenAny(held.Task, made).WaitAsync(Wait.Limit);
        var answer = await gil.AskAsync<DaemonFrame>(new ClientFrame.Join("planos"));
        release.Set();
        Assert.AreEqual("no_such_room", answer is DaemonFrame.Error error ? error.Code : "joined");
        Assert.StartsWith("Sala privada planos criada.", await made);
        Assert.HasCount(1, (await mia.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("planos"))).Entries);
    }

    [TestMethod]
    public async Task ARoomThatCannotBeMadePrivateIsNotCreated()
    {
        await using var users = await TestUsers.StartAsync();
        var (mia, gil) = (await users.EnterAsync("mia", Role.Member), await users.EnterAsync("gil"));
        var writer = users.Daemon.Get<SqliteWriter>();
        await writer.WriteAsync(connection => Sql.Execute(connection, """
            CREATE TEMP TRIGGER no_update BEFORE UPDATE OF private ON conversations BEGIN SELECT raise(ABORT, 'no'); END;
            CREATE TEMP TRIGGER no_insert BEFORE INSERT ON conversations WHEN NEW.private = 1
            BEGIN SELECT raise(ABORT, 'no'); END;
            """));
        Assert.AreEqual("storage", await mia.TypeAsync("/privada planos"));
        Assert.AreEqual("no_such_room", await gil.TypeAsync("/quem planos"));
        await writer.WriteAsync(connection => Sql.Execute(connection, "DROP TRIGGER no_update; DROP TRIGGER no_insert"));
        Assert.StartsWith("Sala privada planos criada.", await mia.TypeAsync("/privada planos"));
        Assert.AreEqual("no_such_room", await gil.TypeAsync("/quem planos"));
    }
}
