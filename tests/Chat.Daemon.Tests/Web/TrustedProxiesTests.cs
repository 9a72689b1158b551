using Chat.Daemon.Tests.Transport;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Web;

/// <summary>A client's address may come from a header, but only from a proxy that the operator trusts.</summary>
[TestClass]
public sealed class TrustedProxiesTests
{
    private const string TooMany = """{"type":"bye","reason":"too_many_connections"}""";

    [TestMethod]
    public async Task ClientsBehindATrustedProxyCountForTheirOwnAddresses()
    {
        await using var daemon = await TestDaemon.StartAsync(
            ("Chat:Limits:ConnectionsPerAddress", "1"), ("Chat:Http:TrustedProxies:0", "127.0.0.1"));
        using var first = await RawWebSocket.ConnectAsync(daemon, "X-Forwarded-For: 192.0.2.1\r\n");
        using var other = await RawWebSocket.ConnectAsync(daemon, "X-Forwarded-For: 192.0.2.2\r\n");
        // Addresses before the one that the proxy appended are only claimed by the client.
        using var refused = await RawWebSocket.ConnectAsync(daemon, "X-Forwarded-For: 192.0.2.9, 192.0.2.1\r\n");
        Assert.AreEqual(TooMany, await refused.ReadTextAsync());
        await refused.ExpectCloseAsync(1013);
        await first.SendAsync("""{"type":"logout"}""");
        await first.ReadTextAsync();
        await first.ExpectCloseAsync(1000);
        first.Dispose();
        await Wait.UntilAsync(async () =>
        {
            using var later = await RawWebSocket.ConnectAsync(daemon, "X-Forwarded-For: 192.0.2.1\r\n");
            await later.SendAsync("""{"type":"ping"}""");
            return await later.ReadTextAsync() == """{"type":"pong"}""";
        }, () => Task.CompletedTask);
    }

    [TestMethod]
    public async Task AnotherPeersHeaderIsIgnored()
    {
        await using var daemon = await TestDaemon.StartAsync(
            ("Chat:Limits:ConnectionsPerAddress", "1"), ("Chat:Http:TrustedProxies:0", "192.0.2.0/24"));
        using var first = await RawWebSocket.ConnectAsync(daemon, "X-Forwarded-For: 192.0.2.1\r\n");
        using var refused = await RawWebSocket.ConnectAsync(daemon, "X-Forwarded-For: 192.0.2.2\r\n");
        Assert.AreEqual(TooMany, await refused.ReadTextAsync());
        await refused.ExpectCloseAsync(1013);
    }
}
