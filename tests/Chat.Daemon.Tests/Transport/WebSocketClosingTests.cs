using System.Reflection;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Transport;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Transport;

/// <summary>How a WebSocket ends, by either side, or because one is gone.</summary>
[TestClass]
public sealed class WebSocketClosingTests
{
    private readonly TestTime time = new();

    [TestMethod]
    [DataRow(new byte[] { 3, 233 }, 1001)]
    [DataRow(new byte[] { 0x0F, 0xA0, (byte)'o', (byte)'i' }, 4000)]
    [DataRow(new byte[0], 1000)]
    public async Task AClientsCloseIsAnsweredAfterItsFrames(byte[] payload, int code)
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var ana = await RawWebSocket.ConnectAsync(daemon);
        await ana.SendAsync("""{"type":"login","user":"ana"}""");
        await ana.SendAsync("""{"type":"message","room":"geral","text":"tchau","id":"m"}""");
        await ana.SendAsync(8, payload);
        string text;
        do text = await ana.ReadTextAsync();
        while (!text.Contains("\"id\":\"m\"", StringComparison.Ordinal));
        StringAssert.Contains(text, "\"seq\":1");
        await ana.ExpectCloseAsync(code);
    }

    [TestMethod]
    public async Task ByeComesBeforeTheCloseFrame()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var ana = await RawWebSocket.ConnectAsync(daemon);
        await ana.SendAsync("""{"type":"logout","id":"x"}""");
        Assert.AreEqual("""{"type":"bye","reason":"logout","id":"x"}""", await ana.ReadTextAsync());
        Assert.AreEqual(ByeReason.Logout, (await ana.ExpectCloseAsync(1000)).CloseReason);
        using var bia = await RawWebSocket.ConnectAsync(daemon);
        var stopping = daemon.StopAsync();
        Assert.AreEqual("""{"type":"bye","reason":"shutdown"}""", await bia.ReadTextAsync());
        await bia.ExpectCloseAsync(1001);
        await stopping;
    }

    [TestMethod]
    public void EveryReasonHasItsCodeInTheDocument()
    {
        var document = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "protocol.md"));
        foreach (var field in typeof(ByeReason).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var reason = (string)field.GetValue(null)!;
            var row = $"| `{reason}` | {CloseCode.Of(reason)} |";
            Assert.ContainsSingle(line => line.StartsWith(row, StringComparison.Ordinal), document, row);
        }
    }

    [TestMethod]
    public async Task ASilentClientIsPingedAndOneThatDoesNotAnswerIsGivenUp()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time, ("Chat:Limits:LoginSeconds", "3600"));
        using var alive = await RawWebSocket.ConnectAsync(daemon);
        using var dead = await RawWebSocket.ConnectAsync(daemon);
        await using var idle = await daemon.ConnectAsync("idle");
        await idle.ExpectAsync<DaemonFrame.Hello>();
        await PingAsync(alive);
        await PingAsync(dead);
        for (var i = 0; i < 6; i++)
        {
            var pinged = alive.ReadAsync();
            await Wait.UntilAsync(() => pinged.IsCompleted, () => AdvanceAsync());
            Assert.AreEqual(9, (await pinged).Opcode);
            await alive.SendAsync(10, (await pinged).Payload);
            await PingAsync(alive);
        }
        await Wait.UntilAsync(() => daemon.Get<DaemonMetrics>().ConnectionsOpen.Value == 2, () => AdvanceAsync());
        await PingAsync(alive);
        Assert.IsFalse(idle.Closed.IsCompleted, "TCP has its own keepalive.");

        async Task AdvanceAsync()
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await idle.SettleAsync();
        }
    }

    [TestMethod]
    public async Task AFloodOfPingsIsReadSlowly()
    {
        await using var daemon = await TestDaemon.StartAsync(
            null, time, ("Chat:Limits:MessagesPerSecond", "10"), ("Chat:Limits:LoginSeconds", "3600"));
        using var hostile = await RawWebSocket.ConnectAsync(daemon);
        var flood = Enumerable.Range(0, 1_000).SelectMany(_ => RawWebSocket.Frame(9, [7])).ToArray();
        await hostile.SendBytesAsync(flood);
        for (var i = 0; i < 400; i++) Assert.AreEqual(10, (await hostile.ReadAsync()).Opcode);
        var rest = Task.Run(async () =>
        {
            for (var i = 400; i < 1_000; i++) await hostile.ReadAsync();
        });
        await using var bia = await daemon.ConnectAsync("bia");
        for (var i = 0; i < 20; i++) await bia.SettleAsync();
        Assert.IsFalse(rest.IsCompleted, "The clock stands still, so the rest is not paid.");
        await Wait.UntilAsync(() => rest.IsCompleted, async () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await bia.SettleAsync();
        });
        await rest;
    }

    [TestMethod]
    [DataRow(10, true, DisplayName = "pongs")]
    [DataRow(0, false, DisplayName = "fragments without a payload")]
    public async Task AFloodOfWhatHasNoAnswerIsReadSlowly(int opcode, bool isFinal)
    {
        await using var daemon = await TestDaemon.StartAsync(
            null, time, ("Chat:Limits:MessagesPerSecond", "10"), ("Chat:Limits:LoginSeconds", "3600"));
        using var hostile = await RawWebSocket.ConnectAsync(daemon);
        if (!isFinal) await hostile.SendAsync(1, "{\"type\":"u8.ToArray(), isFinal: false);
        await hostile.SendBytesAsync(Enumerable.Range(0, 1_000).SelectMany(_ => RawWebSocket.Frame(opcode, [], isFinal)).ToArray());
        await (isFinal ? hostile.SendAsync("""{"type":"ping"}""") : hostile.SendAsync(0, "\"ping\"}"u8.ToArray()));
        var answer = hostile.ReadTextAsync();
        await using var bia = await daemon.ConnectAsync("bia");
        for (var i = 0; i < 20; i++) await bia.SettleAsync();
        Assert.IsFalse(answer.IsCompleted, "The clock stands still, so the flood is not paid.");
        await Wait.UntilAsync(() => answer.IsCompleted, async () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await bia.SettleAsync();
        });
        Assert.AreEqual("""{"type":"pong"}""", await answer);
    }

    private static async Task PingAsync(RawWebSocket client)
    {
        await client.SendAsync("""{"type":"ping"}""");
        while (await client.ReadAsync() is { Opcode: 9 } ping) await client.SendAsync(10, ping.Payload);
    }
}
