using Chat.Daemon.Accounts;
using Chat.Daemon.Reading;
using Chat.Daemon.Rooms;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;
using Chat.Testing;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Tests.Reading;

[TestClass]
public sealed class RoomListTests
{
    [TestMethod]
    [DataRow("full")]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task TheListOutlivesTheDaemonAndMarksOfAStoredLogDoToo(string durability)
    {
        await using var users = await TestUsers.StartAsync(("Chat:History:Durability", durability));
        var ana = await users.EnterAsync("ana", Role.Member);
        var bia = await users.EnterAsync("bia");
        for (var i = 0; i < 4; i++) await bia.SayAsync("geral", "oi");
        await ana.AskAsync<DaemonFrame.Read>(new ClientFrame.Read(3, "geral"));
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("oi", To: "bia"));
        await users.Daemon.RestartAsync();

        var again = await users.ConnectAsync("ana");
        var welcome = await again.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login("ana", TestUsers.Password));
        CollectionAssert.AreEqual(new[] { "geral" }, welcome.Rooms.ToArray());
        var unread = welcome.Unread!.Single();
        Assert.AreEqual(durability == "none" ? (0, 0) : (4, 3), (unread.Seq, unread.Read));
        if (durability != "none") Assert.AreEqual((1, 1), (welcome.Direct.Single().Seq, welcome.Direct.Single().Read));
    }

    [TestMethod]
    public async Task AMarkOutlivesAKillOneSecondLater()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        await ana.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Register("ana", TestUsers.Password));
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
        var bia = await TestClient.ConnectAsync(daemon.Port, "bia");
        await bia.LoginAsync(new ClientFrame.Login("bia"));
        for (var i = 0; i < 4; i++) await bia.SayAsync("geral", "oi");
        await ana.AskAsync<DaemonFrame.Read>(new ClientFrame.Read(3, "geral"));
        await Wait.UntilAsync(() => MarkIn(daemon.Folder) == 3, () => Task.Delay(50));
        daemon.Kill();
        await daemon.ExitAsync();
        await daemon.StartAgainAsync();

        ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        var welcome = await ana.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login("ana", TestUsers.Password));
        Assert.AreEqual(("geral", 4L, 3L), (welcome.Unread![0].Room, welcome.Unread[0].Seq, welcome.Unread[0].Read));
    }

    /// <summary>The rest after a slice of marks counts by a clock that stands still here.</summary>
    [TestMethod]
    public async Task AStopDoesNotWaitForTheRestAfterAWrite()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time);
        var ana = await users.EnterAsync("ana", Role.Member);
        await ana.SayAsync("geral", "oi");
        time.Advance(TimeSpan.FromSeconds(1));
        await Wait.UntilAsync(() => MarkIn(users.Daemon.Folder) == 1, () => Task.Delay(20));
    }

    [TestMethod]
    public async Task MarksOfManyMovesAreWrittenOnce()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time, ("Chat:Limits:MessagesPerSecond", "0"));
        var ana = await users.EnterAsync("ana", Role.Member);
        var bia = await users.EnterAsync("bia");
        for (var i = 0; i < 100; i++) await bia.SayAsync("geral", "oi");
        var written = new List<long>(); // of the writer's thread
        await users.Daemon.Get<SqliteWriter>().WriteAsync(connection =>
        {
            ((SqliteConnection)connection).CreateFunction("note", (long read) =>
            {
                written.Add(read);
                return read;
            });
            return Sql.Execute(
                connection, "CREATE TEMP TRIGGER noted AFTER UPDATE OF read ON room_list BEGIN SELECT note(NEW.read); END");
        });
        for (var i = 1; i <= 100; i++) await ana.SendAsync(new ClientFrame.Read(i, "geral"));
        await ana.SettleAsync();

        time.Advance(TimeSpan.FromSeconds(1));
        await Wait.UntilAsync(() => MarkIn(users.Daemon.Folder) == 100, () => Task.Delay(10));

        CollectionAssert.AreEqual(new[] { 100L }, written);
    }

    [TestMethod]
    public async Task AListHasAHundredRooms()
    {
        await using var users = await TestUsers.StartAsync(("Chat:Limits:RoomsPerUser", "0"), ("Chat:Limits:RoomsPerAddress", "0"));
        await users.AccountAsync("ana", Role.Member);
        var ana = await users.ConnectAsync("ana");
        await ana.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login("ana", TestUsers.Password, Rooms: []));
        for (var i = 1; i < 100; i++) await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join($"sala{i}"));
        var phone = await users.ConnectAsync("ana");
        await phone.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login("ana", TestUsers.Password, Rooms: []));
        var refused = await phone.AskAsync<DaemonFrame.Error>(new ClientFrame.Join("mais"));
        Assert.AreEqual((RefusalCode.TooManyRooms, "mais"), (refused.Code, refused.Room));
        await phone.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("sala7"));
        await phone.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("sala9"));
        await phone.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("mais"));
    }

    /// <summary>Two devices join and leave, and a moderator kicks: whoever is in the room has it on the list.</summary>
    [TestMethod]
    public async Task JoinsLeavesAndKicksNeverCross()
    {
        await using var users = await TestUsers.StartAsync(("Chat:Limits:MessagesPerSecond", "0"));
        var admin = await users.AdminAsync();
        await admin.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos"));
        TestClient[] devices = [await users.EnterAsync("ana", Role.Member), await users.EnterAsync("ana", Role.Member)];
        for (var round = 0; round < 30; round++)
        {
            foreach (var device in devices)
            {
                await device.SendAsync(new ClientFrame.Join("jogos"));
                if (round % 3 == 1) await device.SendAsync(new ClientFrame.Leave("jogos"));
            }
            await admin.SendAsync(new ClientFrame.Message("/expulsar ana", Room: "jogos"));
        }
        foreach (var device in devices) await device.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
        await admin.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());

        var isIn = false;
        foreach (var device in devices)
        {
            isIn |= await device.AskAsync<DaemonFrame>(new ClientFrame.Members("jogos")) is DaemonFrame.Members;
        }
        var third = await users.ConnectAsync("ana");
        var welcome = await third.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login("ana", TestUsers.Password, Rooms: []));
        Assert.AreEqual(isIn, welcome.Unread!.Any(room => room.Room == "jogos"));
    }

    [TestMethod]
    public async Task ADeletedRoomIsOnNoList()
    {
        await using var users = await TestUsers.StartAsync();
        var ana = await users.EnterAsync("ana", Role.Member, room: "jogos");
        await ana.SayAsync("jogos", "oi");
        var admin = await users.AdminAsync();
        Assert.AreEqual("confirm", await admin.TypeAsync("/sala apagar jogos"));
        Assert.AreEqual("A sala jogos foi apagada.", await admin.TypeAsync("/sala apagar jogos"));
        var phone = await users.ConnectAsync("ana");
        var welcome = await phone.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login("ana", TestUsers.Password));
        CollectionAssert.AreEqual(new[] { "geral" }, welcome.Rooms.ToArray());
        Assert.AreEqual(1, users.Daemon.Get<ReadMarks>().Find(Identity.OfAccount(2))!.Rooms);
    }

    /// <summary>A room came on the list while the disk was too full to begin it.</summary>
    [TestMethod]
    public async Task AListThatBeginsLateHasTheRoomsThatCameMeanwhile()
    {
        await using var users = await TestUsers.StartAsync();
        var ana = await users.EnterAsync("ana", Role.Member, room: "jogos");
        await users.Daemon.Get<SqliteWriter>().WriteAsync(connection => Sql.Execute(connection, "UPDATE accounts SET listed = 0"));
        await ana.DisposeAsync();

        var phone = await users.ConnectAsync("ana");
        var welcome = await phone.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login("ana", TestUsers.Password));

        CollectionAssert.AreEquivalent(new[] { "geral", "jogos" }, welcome.Rooms.ToArray());
        CollectionAssert.AreEqual(welcome.Rooms.ToArray(), welcome.Unread!.Select(room => room.Room).ToArray());
    }

    /// <summary>The join had been allowed before the permission changed, and waits for its turn.</summary>
    [TestMethod]
    public async Task AJoinThatWaitsIsCheckedAgainInItsTurn()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        await admin.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("avisos"));
        var ana = await users.EnterAsync("ana", Role.Member);
        using var avisos = await users.Daemon.Get<ConversationRegistry>().FindRoomAsync(TestUsers.Room("avisos"), CancellationToken.None);
        var leases = avisos!.Conversation.Leases;
        using (await users.Daemon.Get<RoomLists>().TakeTurnAsync(Identity.OfAccount(2), CancellationToken.None))
        {
            await ana.SendAsync(new ClientFrame.Join("avisos") { Id = "1" });
            await Wait.UntilAsync(() => avisos.Conversation.Leases > leases, admin.SettleAsync);
            await admin.ReplyAsync("/permissao dar room.join moderador --sala avisos");
        }
        var refused = await ana.ExpectAsync<DaemonFrame>(frame => frame.Id == "1");
        Assert.AreEqual(RefusalCode.Forbidden, (refused as DaemonFrame.Error)?.Code, $"{refused}");
        Assert.IsFalse(users.Daemon.Get<ReadMarks>().Find(Identity.OfAccount(2))!.IsListed(avisos.Conversation.Id));
    }

    private static long MarkIn(string folder)
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(folder, "data", "chat.db")};Mode=ReadOnly;Pooling=False");
        database.Open();
        return Sql.Number(database, "SELECT ifnull(max(read), 0) FROM room_list");
    }
}
