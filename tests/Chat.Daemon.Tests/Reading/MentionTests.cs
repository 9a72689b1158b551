using Chat.Daemon.Rooms;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Retention;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Storage.Stores;
using Chat.Daemon.Tests.CommandLine;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Reading;

[TestClass]
public sealed class MentionTests
{
    [TestMethod]
    public async Task AMessageMentionsAtMostTwentyAndLooksUpAtMostFifty()
    {
        await using var users = await TestUsers.StartAsync(("Chat:Limits:MessagesPerSecond", "0"));
        var names = Enumerable.Range(0, 25).Select(i => $"u{i}").ToList();
        foreach (var name in names)
        {
            await users.AccountAsync(name, Role.Member);
            await users.Daemon.Get<RoomListStore>().BeginAsync(await users.AccountIdAsync(name), await RoomAsync(users), 0);
        }
        var bia = await users.EnterAsync("bia");
        var all = await bia.SayAsync("geral", string.Join(' ', names.Select(name => $"@{name}")));
        CollectionAssert.AreEqual(names.Take(20).ToList(), all.Mentions!.ToList());
        var strangers = string.Join(' ', Enumerable.Range(0, 50).Select(i => $"@x{i}"));
        Assert.IsNull((await bia.SayAsync("geral", $"{strangers} @u1")).Mentions);
        Assert.AreEqual("u1", (await bia.SayAsync("geral", $"{strangers.Replace("@x49", "@x48")} @u1")).Mentions!.Single());
    }

    [TestMethod]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task RetentionTakesMentionsAlong(string durability)
    {
        await using var users = await TestUsers.StartAsync(("Chat:History:Durability", durability));
        var ana = await users.EnterAsync("ana", Role.Member);
        var bia = await users.EnterAsync("bia");
        for (var i = 0; i < 3; i++) await bia.SayAsync("geral", "@ana");
        var log = users.Daemon.Get<IMessageLog>();
        await log.PruneAsync(new RetentionRule(0, 1), DateTimeOffset.UtcNow, CancellationToken.None);
        var found = await ana.AskAsync<DaemonFrame.Found>(new ClientFrame.Mentions());
        Assert.AreEqual((3, false), (found.Messages.Single().Seq, found.More));
        var phone = await users.ConnectAsync("ana");
        var welcome = await phone.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login("ana", TestUsers.Password, Rooms: []));
        Assert.AreEqual((3, 3, 0, 1), Numbers(welcome.Unread!.Single()));
        if (durability == "none") return;

        var (writer, room) = (users.Daemon.Get<SqliteWriter>(), await RoomAsync(users));
        while (await writer.WriteAsync(connection => MessageDeletion.Oldest(connection, room, 2, long.MaxValue, 1)) > 0) continue;
        Assert.AreEqual(1, await writer.WriteAsync(connection => Sql.Number(connection, "SELECT count(*) FROM mentions")));
    }

    [TestMethod]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task AnErasedAccountIsNamedNoMore(string durability)
    {
        await using var users = await TestUsers.StartAsync(("Chat:History:Durability", durability));
        var ana = await users.EnterAsync("ana", Role.Member);
        await users.EnterAsync("davi", Role.Member);
        var bia = await users.EnterAsync("bia");
        await bia.SayAsync("geral", "@ANA e @davi");
        await ana.SayAsync("geral", "@davi");
        await ProgramInTest.RunAsync(["account", "erase", "ana", "--yes", "--data", Path.Combine(users.Daemon.Folder, "data")]);
        await Wait.UntilAsync(async () => (await NamesAsync(bia))[0] != "ana", () => Task.Delay(20));
        var names = await NamesAsync(bia);
        StringAssert.StartsWith(names[0], "deleted-");
        Assert.AreEqual("davi", names[1]);
        if (durability == "none") return;
        await Wait.UntilAsync(async () => await CountAsync("mentions WHERE account = 2") == 0, () => Task.Delay(20));
        Assert.AreEqual(0, await CountAsync("room_list WHERE account = 2"));

        ValueTask<long> CountAsync(string rows) => users.Daemon.Get<SqliteReaders>().ReadAsync(
            reader => reader.Number($"SELECT count(*) FROM {rows}"), CancellationToken.None);
    }

    [TestMethod]
    public async Task PagesPassOverRoomsThatWereLeft()
    {
        await using var users = await TestUsers.StartAsync(("Chat:Limits:MessagesPerSecond", "0"));
        var ana = await users.EnterAsync("ana", Role.Member);
        var bia = await users.EnterAsync("bia");
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos"));
        await bia.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos"));
        await bia.SayAsync("geral", "@ana");
        for (var i = 0; i < 1_005; i++) await bia.SendAsync(new ClientFrame.Message("@ana", "jogos"));
        await bia.SettleAsync();
        await ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("jogos"));
        var empty = await ana.AskAsync<DaemonFrame.Found>(new ClientFrame.Mentions());
        Assert.AreEqual((0, true), (empty.Messages.Count, empty.More));
        var rest = await ana.AskAsync<DaemonFrame.Found>(new ClientFrame.Mentions(empty.Before));
        Assert.AreEqual(("geral", false), (rest.Messages.Single().Room, rest.More));
    }

    private static (long Seq, long First, long Read, long Mentions) Numbers(UnreadEntry entry) =>
        (entry.Seq, entry.First, entry.Read, entry.Mentions);

    private static async Task<string[]> NamesAsync(TestClient reader) =>
        [.. (await reader.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"))).Messages[0].Mentions!];

    private static async Task<ConversationId> RoomAsync(TestUsers users)
    {
        using var room = await users.Daemon.Get<ConversationRegistry>().OpenRoomAsync(
            TestUsers.Room("geral"), new("a1"), mayLookAlike: true, CancellationToken.None);
        return room!.Conversation.Id;
    }
}
