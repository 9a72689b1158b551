using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Chat.Daemon.Cluster;

namespace Chat.Daemon.Tests.Cluster;

/// <summary>Both ends of a link prove that they know the key, and nothing of one link is of use for another.</summary>
[TestClass]
public sealed class LinkHandshakeTests
{
    private static readonly byte[] Run = RandomNumberGenerator.GetBytes(32);

    private static readonly byte[] Key = LinkHandshake.KeyOf(Run, "");

    private static readonly LinkRequest Request = new("tcp", new IPEndPoint(IPAddress.Loopback, 1), Relay: 7);

    [TestMethod]
    [DataRow("192.0.2.7", 65_535, "tcp", long.MinValue)]
    [DataRow("2001:db8::7", 1, "https", long.MaxValue)]
    [DataRow("0.0.0.0", 0, "farewell", 1L)]
    public async Task TheServingNodeLearnsWhatIsAsked(string address, int port, string kind, long relay)
    {
        var client = new IPEndPoint(IPAddress.Parse(address), port);
        var (node, serving) = await PairAsync();
        using var one = node;
        using var other = serving;
        var taken = LinkHandshake.TakeAsync(serving, Key, CancellationToken.None);
        var request = new LinkRequest(kind, client, relay);
        await LinkHandshake.AskAsync(node, Key, request, CancellationToken.None);
        Assert.AreEqual(request, await taken);
    }

    [TestMethod]
    public async Task AnotherKeyProvesNothing()
    {
        foreach (var wrong in (byte[][])[LinkHandshake.KeyOf(Run, "secret"), LinkHandshake.KeyOf(new byte[32], "")])
        {
            var (node, serving) = await PairAsync();
            using var one = node;
            var bringing = LinkHandshake.AskAsync(node, wrong, Request, CancellationToken.None);
            Assert.IsNull(await LinkHandshake.TakeAsync(serving, Key, CancellationToken.None));
            serving.Dispose();
            await Assert.ThrowsAsync<Exception>(() => bringing);
        }
    }

    /// <summary>Somebody else listens where a node did.</summary>
    [TestMethod]
    public async Task WhoDoesNotKnowTheKeyGetsNoClient()
    {
        var (node, serving) = await PairAsync();
        using var one = node;
        using var other = serving;
        var bringing = LinkHandshake.AskAsync(node, Key, Request, CancellationToken.None);
        await serving.SendAsync((byte[])[.. "CHATND\r\u0002"u8, .. new byte[64]]);
        Assert.AreEqual("It does not know the key of the serving node.", (await Assert.ThrowsAsync<IOException>(() => bringing)).Message);
    }

    [TestMethod]
    public async Task WhatWasSentOnceIsOfNoUseAgain()
    {
        var (node, serving) = await PairAsync();
        using var one = node;
        using var other = serving;
        var recorded = new byte[32 + 27 + 32];
        await serving.SendAsync((byte[])[.. "CHATND\r\u0002"u8, .. new byte[32]]);
        var bringing = LinkHandshake.AskAsync(node, Key, Request, CancellationToken.None);
        for (var done = 0; done < recorded.Length;) done += await serving.ReceiveAsync(recorded.AsMemory(done));
        serving.Dispose();
        await Assert.ThrowsAsync<Exception>(() => bringing);

        var (attacker, again) = await PairAsync();
        using var two = attacker;
        using var three = again;
        await attacker.SendAsync(recorded);
        Assert.IsNull(await LinkHandshake.TakeAsync(again, Key, CancellationToken.None));
    }

    /// <summary>Any changed bit, and any end too early.</summary>
    [TestMethod]
    public async Task NothingElseIsTaken()
    {
        var random = new Random(1);
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var (attacker, serving) = await PairAsync();
            using var one = serving;
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            await attacker.SendAsync(bytes);
            attacker.Shutdown(SocketShutdown.Send);
            try
            {
                Assert.IsNull(await LinkHandshake.TakeAsync(serving, Key, CancellationToken.None));
            }
            catch (EndOfStreamException)
            {
                Assert.IsLessThan(91, bytes.Length);
            }
            attacker.Dispose();
        }
    }

    internal static async Task<(Socket One, Socket Other)> PairAsync()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        listener.Listen();
        var one = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await one.ConnectAsync(listener.LocalEndPoint!);
        return (one, await listener.AcceptAsync());
    }
}
