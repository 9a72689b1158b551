using System.Net;
using System.Net.Sockets;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Web;

/// <summary>Whoever asks the HTTP address too often waits, and has no more connections than the line protocol gives.</summary>
[TestClass]
public sealed class HttpConnectionsTests
{
    private readonly TestTime time = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Stop => TestContext.CancellationToken;

    [TestMethod]
    public async Task AFloodOfRequestsWaitsForItsAddressAlone()
    {
        const int Flood = 200;
        await using var daemon = await TestDaemon.StartAsync(
            null, time, ("Chat:Limits:MessagesPerSecond", "10"), ("Chat:Limits:ConnectionsPerAddress", "10"));
        using HttpClient hostile = new(), other = From("127.0.0.2");
        var answers = Enumerable.Range(0, Flood).Select(_ => hostile.GetAsync(Health(daemon), Stop)).ToList();
        // The budget of one share pays for fifty requests, and the clock stands still.
        await Wait.UntilAsync(() => answers.Count(answer => answer.IsCompleted) >= 50, () => Task.Delay(10, Stop));
        Assert.AreEqual(HttpStatusCode.OK, (await other.GetAsync(Health(daemon), Stop)).StatusCode);
        Assert.IsLessThan(60, answers.Count(answer => answer.IsCompletedSuccessfully));
        hostile.CancelPendingRequests();
        await Task.WhenAll(answers).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [TestMethod]
    public async Task ConnectionsAreCountedWithThoseOfTheLineProtocol()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time, ("Chat:Limits:ConnectionsPerAddress", "2"));
        await using (var first = await daemon.ConnectAsync())
        {
            await first.ExpectAsync<DaemonFrame.Hello>();
            await using var second = await daemon.ConnectAsync();
            await second.ExpectAsync<DaemonFrame.Hello>(); // it is counted now
            using HttpClient refused = new(), other = From("127.0.0.2");
            Assert.AreEqual(HttpStatusCode.ServiceUnavailable, (await refused.GetAsync(Health(daemon), Stop)).StatusCode);
            Assert.AreEqual(HttpStatusCode.OK, (await other.GetAsync(Health(daemon), Stop)).StatusCode);
        }
        using var later = new HttpClient();
        await Wait.UntilAsync(
            async () => await IsServedAsync(later, daemon), () => Task.Delay(10, Stop)); // the daemon notices their end in its own time
    }

    private async Task<bool> IsServedAsync(HttpClient client, TestDaemon daemon)
    {
        try
        {
            return (await client.GetAsync(Health(daemon), Stop)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Uri Health(TestDaemon daemon) => new($"http://127.0.0.1:{daemon.HttpPort}/health");

    /// <summary>A client that connects from this loopback address.</summary>
    private static HttpClient From(string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });
}
