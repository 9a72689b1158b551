using Chat.Daemon.Accounts;
using Chat.Daemon.History;
using Chat.Daemon.Rooms;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Sessions;

/// <summary>What a connection held is let go with it, whatever still runs for it.</summary>
[TestClass]
public sealed class MembershipEndTests
{
    [TestMethod]
    public async Task ARoomIsLetGoByWhoWasKickedOutOfIt()
    {
        await using var cast = await Cast.StartAsync();
        var (admin, ana) = (await cast.AdminAsync(), await cast.EnterAsync("ana", room: "jogos"));
        await admin.ReplyAsync("/entrar jogos");
        await admin.ReplyAsync("/kick ana", "jogos");
        await ana.ExpectAsync<DaemonFrame.Left>(l => l.Reason == "kicked");
        foreach (var client in (TestClient[])[ana, admin])
        {
            await client.SendAsync(new ClientFrame.Logout());
            await client.ExpectClosedAsync();
        }
        Assert.AreEqual(0, await HoldersAsync(cast, "jogos"));
    }

    /// <summary>Who holds the room besides this look.</summary>
    private static async Task<int> HoldersAsync(Cast cast, string room)
    {
        using var lease = await cast.Daemon.Get<ConversationRegistry>().FindRoomAsync(RoomName.TryParse(room, out var name) ? name : throw new ArgumentException(room), CancellationToken.None);
        return lease!.Conversation.Uses - 1;
    }
}
