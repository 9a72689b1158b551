using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Rooms;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Sessions;

/// <summary>A connection that ends releases its rooms, even while a command of its user still runs.</summary>
[TestClass]
public sealed class MembershipEndTests
{
    [TestMethod]
    public async Task AKickedUserReleasesTheRoom()
    {
        await using var users = await TestUsers.StartAsync();
        var (admin, ana) = (await users.AdminAsync(), await users.EnterAsync("ana", room: "jogos"));
        await admin.ReplyAsync("/entrar jogos");
        await admin.ReplyAsync("/topico Jogos", "jogos"); // so that the room stays
        await admin.ReplyAsync("/kick ana", "jogos");
        await ana.ExpectAsync<DaemonFrame.Left>(l => l.Reason == "kicked");
        foreach (var client in (TestClient[])[ana, admin])
        {
            await client.SendAsync(new ClientFrame.Logout());
            await client.ExpectClosedAsync();
        }
        Assert.AreEqual(0, await LeasesAsync(users, "jogos"));
    }

    [TestMethod]
    [DataRow("none")]
    [DataRow("normal")]
    public async Task ACommandThatOutlivesItsUserCannotJoinOrWriteForThem(string durability)
    {
        using var log = new CapturedLog();
        var (users, folder) = await TestUsers.WithPluginAsync("Hasty", log, ("Chat:History:Durability", durability));
        await using (users)
        {
            var (bia, ana) = (await users.EnterAsync("bia"), await users.EnterAsync("ana"));
            await ana.SendAsync(new ClientFrame.Message("/assombrar", "geral"));
            await log.LineAsync(l => l.Contains("It waits", StringComparison.Ordinal));
            ana.Abort();
            foreach (var attempt in (string[])["It joined: ", "It wrote: "])
                Assert.Contains(attempt + "unavailable", await log.LineAsync(l => l.Contains(attempt, StringComparison.Ordinal)));
            Assert.HasCount(1, (await bia.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"))).Entries);
            Assert.AreEqual(1, await LeasesAsync(users, "geral"));
        }
        folder.Delete(recursive: true);
    }

    [TestMethod]
    public async Task ACommandWritesToManyUsersAtOnce()
    {
        const int Users = 120;
        var (users, folder) = await TestUsers.WithPluginAsync("Hasty");
        await using (users)
        {
            var accounts = users.Daemon.Get<AccountStore>();
            for (var i = 0; i < Users; i++) await accounts.CreateAsync(TestUsers.Name($"a{i}"), Role.Member, "none", null);
            var ana = await users.EnterAsync("ana");
            Assert.AreEqual($"{Users}", await ana.TypeAsync("/espalhar oi"));
            for (var i = 0; i < Users; i++)
                Assert.HasCount(2, (await ana.AskAsync<DaemonFrame.History>(new ClientFrame.History(With: $"a{i}"))).Messages);
        }
        folder.Delete(recursive: true);
    }

    [TestMethod]
    public async Task ManyJoinsOfARoomAtOnceMakeOneMembership()
    {
        var (users, folder) = await TestUsers.WithPluginAsync("Hasty");
        await using (users)
        {
            var (ana, bia) = (await users.EnterAsync("ana"), await users.EnterAsync("bia", room: "jogos"));
            await ana.ReplyAsync("/juntar jogos");
            await bia.SayAsync("jogos", "oi");
            await ana.SettleAsync();
            Assert.HasCount(1, ana.Waiting.Where(w => w.Frame is DaemonFrame.Message));
            await ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("jogos"));
            Assert.HasCount(1, (await bia.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("jogos"))).Entries);
            Assert.AreEqual(1, await LeasesAsync(users, "jogos"));
        }
        folder.Delete(recursive: true);
    }

    /// <summary>The number of leases on the room, without the one taken here.</summary>
    private static async Task<int> LeasesAsync(TestUsers users, string room)
    {
        Assert.IsTrue(RoomName.TryParse(room, out var name));
        using var lease = await users.Daemon.Get<ConversationRegistry>().FindRoomAsync(name, CancellationToken.None);
        return lease!.Conversation.Leases - 1;
    }
}
