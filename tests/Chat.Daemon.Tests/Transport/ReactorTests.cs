using System.Net;
using System.Net.Sockets;
using System.Text;
using Chat.Daemon.Diagnostics;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Transport;

/// <summary>What several threads that share the connections could get wrong. All other tests run over one of them.</summary>
[TestClass]
public sealed class ReactorTests
{
    private static readonly (string, string) Three = ("Chat:Transport:Reactors", "3");

    [TestMethod]
    [DataRow("none")]
    [DataRow("normal")]
    public async Task SubscribersOnSeveralReactorsSeeOneOrder(string durability)
    {
        const int Users = 10, Each = 30;
        await using var daemon = await TestDaemon.StartAsync(Three, ("Chat:History:Durability", durability));
        var clients = new List<TestClient>();
        for (var i = 0; i < Users; i++) clients.Add(await daemon.GuestAsync($"u{i}", "geral"));

        await Task.WhenAll(clients.Select(client => Task.Run(async () =>
        {
            for (var n = 0; n < Each; n++) await client.SendAsync(new ClientFrame.Message($"{n}", "geral") { Id = $"{n}" });
        })));

        foreach (var client in clients)
        {
            for (var seq = 1; seq <= Users * Each; seq++) Assert.AreEqual(seq, (await client.ExpectAsync<DaemonFrame.Message>()).Seq);
            await client.SettleAsync();
            Assert.IsFalse(client.Waiting.Any(waiting => waiting.Frame is DaemonFrame.Message), "a message came twice");
            await client.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task AFloodOfFramesDoesNotKeepOthersWaiting()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Transport:Reactors", "1"));
        await using var ana = await daemon.GuestAsync("ana", "geral");
        using var flood = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await flood.ConnectAsync(IPAddress.Loopback, daemon.Port);
        // An unknown type without an id has no answer.
        var frames = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"type\":\"nothing\"}\n", 2_000)));
        using var over = new CancellationTokenSource();
        var flooding = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested) await flood.SendAsync(frames);
        });
        for (var i = 0; i < 50; i++) await ana.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
        await over.CancelAsync();
        await flooding;
    }

    [TestMethod]
    public async Task ConnectionsThatEndInAnyWayAreForgotten()
    {
        await using var daemon = await TestDaemon.StartAsync(Three);
        var open = daemon.Get<DaemonMetrics>().ConnectionsOpen;
        await using var ana = await daemon.GuestAsync("ana", "geral");
        for (var round = 0; round < 3; round++)
        {
            var sockets = new List<Socket>();
            for (var i = 0; i < 60; i++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, daemon.Port);
                if (i % 2 == 0) await socket.SendAsync("{\"type\":\"ping\"}\n{\"type\":"u8.ToArray());
                if (i % 5 == 0) socket.Shutdown(SocketShutdown.Send);
                sockets.Add(socket);
            }
            await ana.SayAsync("geral", "oi");
            for (var i = 0; i < sockets.Count; i++) sockets[i].Close(i % 3 == 0 ? 0 : -1);
            await Wait.UntilAsync(() => open.Value == 1, () => ana.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping()));
        }
    }
}
