using System.Net;
using System.Net.Sockets;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Cluster;

/// <summary>Whichever node a client connects to: it is in the same chat, and stays reachable while another node takes over.</summary>
[TestClass]
public sealed class RelayTests
{
    private const int SigKill = 9, SigTerm = 15;

    [TestMethod]
    public async Task ClientsOfAllNodesAreInTheSameRooms()
    {
        await using var nodes = await TestNodes.StartAsync("alfa", "beta", "gama");
        await using var ana = await nodes[0].GuestAsync("ana");
        await using var bia = await nodes[1].GuestAsync("bia");
        await using var caio = await nodes[2].GuestAsync("caio");
        foreach (var sender in (TestClient[])[ana, bia, caio]) await sender.SayAsync("geral", $"from {sender.Name}");
        foreach (var reader in (TestClient[])[ana, bia, caio])
        {
            var history = await reader.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"));
            CollectionAssert.AreEqual(new[] { 1L, 2L, 3L }, history.Messages.Select(message => message.Seq).ToArray());
        }
        await using var other = await nodes[2].ConnectAsync("other");
        var taken = await other.AskAsync<DaemonFrame.Error>(new ClientFrame.Login("Bia"));
        Assert.AreEqual("name_taken", taken.Code, "a name is one in the cluster");
    }

    [TestMethod]
    public async Task ATokenWorksAtAnyNode()
    {
        await using var nodes = await TestNodes.StartAsync("alfa", "beta", "gama");
        await using var first = await nodes[1].ConnectAsync("ana");
        var token = (await first.LoginAsync("ana", "geral")).Token;
        await using var second = await nodes[2].ConnectAsync("ana");
        await second.LoginAsync(new ClientFrame.Login(Token: token));
        Assert.AreEqual(ByeReason.TakenOver, (await first.ExpectAsync<DaemonFrame.Bye>()).Reason);
        await first.ExpectClosedAsync();
        await second.SayAsync("geral", "here");
    }

    [TestMethod]
    public async Task LimitsSeeTheAddressOfTheClient()
    {
        await using var nodes = await TestNodes.StartAsync(["--Chat:Limits:ConnectionsPerAddress=1"], "alfa", "beta", "gama");
        await using var one = await nodes[1].ConnectAsync("one");
        await one.LoginAsync("one", "geral");
        await using var same = await nodes[2].ConnectAsync("same");
        Assert.AreEqual(ByeReason.TooManyConnections, (await same.ExpectAsync<DaemonFrame.Bye>()).Reason);
        await using var other = await TestClient.ConnectAsync(nodes[2].Port, "other", from: IPAddress.Parse("127.0.0.2"));
        await other.LoginAsync("other", "geral");
    }

    [TestMethod]
    public async Task AClientThatOnlyReadsOnGetsTheRest()
    {
        await using var nodes = await TestNodes.StartAsync("alfa", "beta");
        await using var ana = await nodes[1].GuestAsync("ana");
        await ana.SendAsync(new ClientFrame.Message("the last", "geral"));
        ana.ShutdownSend();
        Assert.AreEqual("the last", (await ana.ExpectAsync<DaemonFrame.Message>()).Text);
        await ana.ExpectClosedAsync();
    }

    /// <summary>TLS, WebSocket and the status pages are relayed like plain TCP, to their own endpoints.</summary>
    [TestMethod]
    public async Task EveryEndpointIsRelayed()
    {
        using var certificate = new TestCertificate();
        string[] more =
        [
            "--Chat:Listen:Tls=127.0.0.1:0", "--Chat:Listen:Https=127.0.0.1:0", $"--Chat:Tls:Certificate={certificate.Path}",
            "--Chat:Listen:Http=127.0.0.1:0",
        ];
        await using var nodes = await TestNodes.StartAsync(more, "alfa", "beta");
        TestTransport[] transports =
        [
            TestTransport.Tcp, TestTransport.Tls(certificate), TestTransport.WebSocket, TestTransport.SecureWebSocket(certificate),
        ];
        foreach (var transport in transports)
        {
            var name = transport.Scheme;
            await using var client = await TestClient.ConnectAsync(transport, await nodes[1].PortAsync(name), name);
            await client.LoginAsync(name, "geral");
            await client.SayAsync("geral", new string('x', 3_000));
        }
        using var http = new HttpClient();
        var page = await http.GetStringAsync(new Uri($"http://127.0.0.1:{await nodes[1].PortAsync("http")}/metrics"));
        StringAssert.Contains(page, "chat_cluster_relayed{node=\"beta\"}");
    }

    /// <summary>From a kill to the take-over, and while the new node starts: whoever connects waits, and is served.</summary>
    [TestMethod]
    [DataRow(SigKill)]
    [DataRow(SigTerm)]
    public async Task NobodyIsRefusedWhileAnotherNodeTakesOver(int signal)
    {
        await using var nodes = await TestNodes.StartAsync("alfa", "beta", "gama");
        await using var before = await nodes[1].ConnectAsync("ana");
        var token = (await before.LoginAsync("ana", "geral")).Token;
        var last = (await before.SayAsync("geral", "before")).Seq;
        nodes[0].Signal(signal);
        await before.ExpectClosedAsync();
        var port = nodes[2].Port;
        var arrivals = Enumerable.Range(0, 20).Select(async number =>
        {
            await Task.Delay(number * 50);
            await using var client = await TestClient.ConnectAsync(port, $"guest{number}", TimeSpan.FromSeconds(30));
            await client.LoginAsync($"guest{number}", "geral");
        }).ToList();
        await using var after = await TestClient.ConnectAsync(nodes[1].Port, "ana", TimeSpan.FromSeconds(30));
        await after.LoginAsync(new ClientFrame.Login(Token: token, Rooms: ["geral"]));
        Assert.AreEqual(last + 1, (await after.SayAsync("geral", "after")).Seq);
        await Task.WhenAll(arrivals);
        Assert.IsTrue(nodes[1].HasBegunToServe ^ nodes[2].HasBegunToServe, "one of them serves");
    }

    /// <summary>Without a client's own bytes, and without an end: the link is for nodes.</summary>
    [TestMethod]
    public async Task StrangersAtTheLinkAreRefused()
    {
        var port = PortTaker.Free();
        await using var nodes = await TestNodes.StartAsync([$"--Chat:Cluster:Listen=127.0.0.1:{port}"], "alfa");
        byte[][] attempts = [[], new byte[91], [.. "{\"type\":\"login\",\"user\":\"ana\"}\n"u8, .. new byte[100]], new byte[10_000]];
        foreach (var bytes in attempts)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, port);
            await socket.SendAsync(bytes);
            Assert.AreEqual(40, await ReadToEndAsync(socket), "the challenge is all that a stranger gets");
        }
        await using var ana = await nodes[0].GuestAsync("ana");
        await ana.SayAsync("geral", "unmoved");
    }

    [TestMethod]
    public async Task AnotherSecretBringsNobody()
    {
        var database = await TestServer.NewSchemaAsync();
        await using var alfa = new TestNode(database, "alfa", more: ["--Chat:Cluster:Secret=one"]);
        await alfa.ServesAsync();
        await using var beta = new TestNode(database, "beta", more: ["--Chat:Cluster:Secret=other"]);
        await beta.StandsByAsync();
        await using var ana = await TestClient.ConnectAsync(beta.Port, "ana", TimeSpan.FromSeconds(40));
        await ana.SendAsync("""{"type":"login","user":"ana"}""");
        await ana.ExpectClosedAsync();
        Assert.IsEmpty(ana.Waiting);
        StringAssert.Contains(alfa.Log, "LinkRefused");
    }

    /// <summary>For each that comes, the oldest is closed, and a node proves at once that it is one.</summary>
    [TestMethod]
    public async Task SilentStrangersKeepNoNodeOut()
    {
        var port = PortTaker.Free();
        await using var nodes = await TestNodes.StartAsync([$"--Chat:Cluster:Listen=127.0.0.1:{port}"], "alfa");
        var beta = nodes.Add("beta", own: ["--Chat:Cluster:Listen=127.0.0.1:0"]);
        await beta.StandsByAsync();
        var strangers = Enumerable.Range(0, 300).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp)).ToList();
        try
        {
            foreach (var stranger in strangers) await stranger.ConnectAsync(IPAddress.Loopback, port);
            await using var ana = await beta.GuestAsync("ana");
            await ana.SayAsync("geral", "not kept out");
            Assert.DoesNotContain("RelayNotReached", beta.Log);
        }
        finally
        {
            foreach (var stranger in strangers) stranger.Dispose();
        }
    }

    /// <summary>The node cannot say it itself: it does not understand what it relays.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task ClientsOfANodeThatStopsAreToldWhereToGo(bool isOrdered)
    {
        using var certificate = new TestCertificate();
        string[] more = ["--Chat:Listen:Tls=127.0.0.1:0", $"--Chat:Tls:Certificate={certificate.Path}"];
        await using var nodes = await TestNodes.StartAsync(more, "alfa", "beta", "gama");
        await using var ana = await nodes[1].ConnectAsync("ana");
        var token = (await ana.LoginAsync("ana", "geral")).Token;
        var tls = TestTransport.Tls(certificate);
        await using var bia = await TestClient.ConnectAsync(tls, await nodes[1].PortAsync(tls.Scheme), "bia");
        await bia.LoginAsync("bia", "geral");
        await using var caio = await nodes[2].GuestAsync("caio");
        await using var admin = await nodes[0].AdminAsync();
        if (isOrdered) await admin.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message("/shutdown node beta", "geral"));
        else nodes[1].Signal(SigTerm);
        foreach (var told in (TestClient[])[ana, bia])
        {
            var bye = await told.ExpectAsync<DaemonFrame.Bye>();
            Assert.AreEqual(ByeReason.Shutdown, bye.Reason);
            string[] here = [$"tcp://127.0.0.1:{nodes[0].Port}", $"tls://127.0.0.1:{await nodes[0].PortAsync("tls")}"];
            CollectionAssert.AreEqual(here, bye.Elsewhere?.ToArray());
            await told.ExpectClosedAsync();
        }
        Assert.AreEqual(0, await nodes[1].ExitAsync(), nodes[1].Errors);
        await using var again = await nodes[0].ConnectAsync("ana");
        await again.LoginAsync(new ClientFrame.Login(Token: token, Rooms: ["geral"]));
        await again.SayAsync("geral", "here");
        await caio.SayAsync("geral", "unmoved");
    }

    private static async Task<int> ReadToEndAsync(Socket socket)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var (all, buffer) = (0, new byte[1_000]);
        try
        {
            while (await socket.ReceiveAsync(buffer, late.Token) is > 0 and var count) all += count;
        }
        catch (SocketException)
        {
            // closed with bytes unread
        }
        return all;
    }
}
