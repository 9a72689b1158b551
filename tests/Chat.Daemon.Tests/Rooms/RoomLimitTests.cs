using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Rooms;

[TestClass]
public sealed class RoomLimitTests
{
    [TestMethod]
    public async Task AUserIsInAHundredRoomsAtMost()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.ConnectAsync("ana");
        await ana.LoginAsync(new ClientFrame.Login("ana", Rooms: [.. Enumerable.Range(0, 100).Select(i => $"r{i}"), "R1"]));

        Assert.AreEqual(RefusalCode.TooManyRooms, (await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Join("mais"))).Code);
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("r7"));
        await ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("r7"));
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("mais"));
        Assert.AreEqual(1, (await ana.SayAsync("r99", "a")).Seq);
    }
}
