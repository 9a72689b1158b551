using System.Net.Sockets;
using Chat.Daemon.Cluster;

namespace Chat.Daemon.Tests.Cluster;

/// <summary>A relayed connection behaves like a direct one: order, ends, and waiting for whoever does not read.</summary>
[TestClass]
public sealed class RelayedConnectionTests
{
    private readonly RelayCounters counters = new();

    [TestMethod]
    public async Task BytesPassUnchangedBothWays()
    {
        var (client, node, running) = await StartAsync();
        var random = new Random(1);
        foreach (var (from, to) in ((Socket, Socket)[])[(client, node), (node, client)])
        {
            var bytes = new byte[1_000_000];
            random.NextBytes(bytes);
            var sending = SendAsync(from, bytes);
            CollectionAssert.AreEqual(bytes, await ReceiveAsync(to, bytes.Length));
            await sending;
        }
        Assert.AreEqual(2_000_000, counters.Bytes);
        client.Dispose();
        node.Dispose();
        await running.WaitAsync(Wait.Limit);
    }

    [TestMethod]
    public async Task WhoSendsNoMoreMayStillRead()
    {
        var (client, node, running) = await StartAsync();
        await client.SendAsync("last"u8.ToArray());
        client.Shutdown(SocketShutdown.Send);
        Assert.AreEqual(4, (await ReceiveAsync(node, 4)).Length);
        Assert.AreEqual(0, await node.ReceiveAsync(new byte[1]));
        await node.SendAsync("answer"u8.ToArray());
        Assert.AreEqual(6, (await ReceiveAsync(client, 6)).Length);
        node.Dispose();
        Assert.AreEqual(0, await client.ReceiveAsync(new byte[1]));
        await running.WaitAsync(Wait.Limit);
        client.Dispose();
    }

    /// <summary>The relay keeps no more than a buffer; the rest waits at the sender.</summary>
    [TestMethod]
    public async Task ASlowReaderMakesTheOtherWait()
    {
        var (client, node, running) = await StartAsync();
        node.Blocking = false;
        var (sent, piece) = (0L, new byte[65_536]);
        for (var tries = 0; tries < 20; tries++)
        {
            await Task.Delay(20); // until the buffers of the system are full
            while (node.Send(piece, SocketFlags.None, out var error) is var count && error == SocketError.Success) sent += count;
        }
        Assert.IsLessThan(sent, counters.Bytes, "not all was taken");
        Assert.IsLessThan(30_000_000, sent, "the relay keeps what nobody reads");
        node.Dispose();
        client.Dispose();
        await running.WaitAsync(Wait.Limit);
    }

    [TestMethod]
    public async Task AClientThatIsGoneEndsBoth()
    {
        var (client, node, running) = await StartAsync();
        client.Close(timeout: 0);
        Assert.IsTrue(await EndsAsync(node));
        node.Dispose();
        await running.WaitAsync(Wait.Limit);
    }

    private static async Task<bool> EndsAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1]).WaitAsync(Wait.Limit) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private async Task<(Socket Client, Socket Node, Task Running)> StartAsync()
    {
        var (client, accepted) = await LinkHandshakeTests.PairAsync();
        var (link, node) = await LinkHandshakeTests.PairAsync();
        return (client, node, new RelayedConnection(accepted, link, "run", counters).RunAsync());
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0) bytes = bytes[await socket.SendAsync(bytes)..];
    }

    private static async Task<byte[]> ReceiveAsync(Socket socket, int length)
    {
        var bytes = new byte[length];
        for (var done = 0; done < length;) done += await socket.ReceiveAsync(bytes.AsMemory(done));
        return bytes;
    }
}
