using System.Text;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Transport;

/// <summary>What a client may send over a WebSocket, and how it is refused if it sends anything else.</summary>
[TestClass]
public sealed class WebSocketFramingTests
{
    private const string Ping = """{"type":"ping","id":"1"}""";
    private const string Pong = """{"type":"pong","id":"1"}""";
    private const string BadFrame = """{"type":"error","code":"bad_frame",""";
    private const string TooLong = """{"type":"error","code":"frame_too_long",""";

    [TestMethod]
    public async Task AMessageIsAFrameHoweverItIsCut()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var ana = await RawWebSocket.ConnectAsync(daemon);
        foreach (var b in RawWebSocket.Frame(1, Bytes(Ping))) await ana.SendBytesAsync(new[] { b });
        Assert.AreEqual(Pong, await ana.ReadTextAsync());
        await ana.SendBytesAsync(Enumerable.Range(0, 300).SelectMany(_ => RawWebSocket.Frame(1, Bytes(Ping))).ToArray());
        for (var i = 0; i < 300; i++) Assert.AreEqual(Pong, await ana.ReadTextAsync());
        await ana.SendAsync("{ \"type\"\n:\r\n\"ping\", \"id\": \"1\"\n}\r\n");
        Assert.AreEqual(Pong, await ana.ReadTextAsync());
    }

    [TestMethod]
    public async Task FragmentsAreJoinedAndControlFramesMayStandBetweenThem()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var ana = await RawWebSocket.ConnectAsync(daemon);
        var text = Bytes("""{"type":"ping","id":"é😀"}""");
        await ana.SendAsync(1, text[..1], isFinal: false);
        foreach (var b in text[1..]) await ana.SendAsync(0, [b], isFinal: false);
        await ana.SendAsync(9, [1, 2, 3]);
        await ana.SendAsync(10, [9]);
        await ana.SendAsync(0, [], isFinal: false);
        await ana.SendAsync(0, []);
        var pong = await ana.ReadAsync();
        Assert.AreEqual(10, pong.Opcode);
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, pong.Payload);
        Assert.AreEqual("""{"type":"pong","id":"é😀"}""", await ana.ReadTextAsync());
    }

    [TestMethod]
    public async Task TheLargestLengthIsTooLongBehindAFragment()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var ana = await RawWebSocket.ConnectAsync(daemon);
        await ana.SendAsync(1, Bytes(Ping[..9]), isFinal: false);
        await ana.SendBytesAsync(new byte[] { 0x80, 0x80 | 127, 0x7F, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4 });
        StringAssert.StartsWith(await ana.ReadTextAsync(), TooLong);
    }

    [TestMethod]
    public async Task AFrameAtTheSizeLimitPassesAndOneByteMoreIsRefused()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var ana = await RawWebSocket.ConnectAsync(daemon);
        await ana.SendAsync(OfBytes(ProtocolLimits.ClientFrameBytes));
        Assert.AreEqual(Pong, await ana.ReadTextAsync());
        await ana.SendAsync(OfBytes(ProtocolLimits.ClientFrameBytes + 1));
        StringAssert.StartsWith(await ana.ReadTextAsync(), TooLong);
        await ana.SendAsync(1, Bytes(Ping[..9]), isFinal: false);
        for (var i = 0; i < 5; i++) await ana.SendAsync(0, Bytes(new string(' ', 4_000)), isFinal: false);
        StringAssert.StartsWith(await ana.ReadTextAsync(), TooLong);
        await ana.SendAsync(0, Bytes(Ping[9..]));
        await ana.SendAsync(Ping);
        Assert.AreEqual(Pong, await ana.ReadTextAsync());
    }

    /// <summary>A length of eight exabytes is refused before any of it has come, and what comes is dropped.</summary>
    [TestMethod]
    public async Task AnEndlessMessageIsRefusedOnceAndSkipped()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var ana = await RawWebSocket.ConnectAsync(daemon);
        await ana.SendBytesAsync(new byte[] { 0x81, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4 });
        StringAssert.StartsWith(await ana.ReadTextAsync(), TooLong);
        var before = GC.GetTotalAllocatedBytes();
        for (var i = 0; i < 256; i++) await ana.SendBytesAsync(new byte[65_536]);
        using var bia = await RawWebSocket.ConnectAsync(daemon);
        await bia.SendAsync(Ping);
        Assert.AreEqual(Pong, await bia.ReadTextAsync());
        Assert.IsLessThan(64L << 20, GC.GetTotalAllocatedBytes() - before);
    }

    [TestMethod]
    public async Task ABinaryMessageIsABadFrameAndTheConnectionStays()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var ana = await RawWebSocket.ConnectAsync(daemon);
        await ana.SendAsync(2, Bytes(Ping), isFinal: false);
        StringAssert.StartsWith(await ana.ReadTextAsync(), BadFrame);
        await ana.SendAsync(0, new byte[40_000]);
        await ana.SendAsync(Ping);
        Assert.AreEqual(Pong, await ana.ReadTextAsync());
        for (var i = 0; i < 19; i++) await ana.SendAsync(2, []);
        for (var i = 0; i < 19; i++) StringAssert.StartsWith(await ana.ReadTextAsync(), BadFrame);
        Assert.AreEqual("""{"type":"bye","reason":"too_many_errors"}""", await ana.ReadTextAsync());
        Assert.AreEqual(ByeReason.TooManyErrors, (await ana.ExpectCloseAsync(1008)).CloseReason);
    }

    [TestMethod]
    public async Task AnInvalidFrameIsRefusedAndTheConnectionStays()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var ana = await RawWebSocket.ConnectAsync(daemon);
        foreach (var bad in new[] { "", "\n", "[1]", "GET / HTTP/1.1", Ping + "\n" + Ping, """{"type":"ping","id":"a""" + "\n\"}" })
        {
            await ana.SendAsync(bad);
            StringAssert.StartsWith(await ana.ReadTextAsync(), BadFrame, bad);
        }
        await ana.SendAsync(Ping);
        Assert.AreEqual(Pong, await ana.ReadTextAsync());
    }

    [TestMethod]
    [DataRow(new byte[] { 0x81, 0x84, 0, 0, 0, 0, (byte)'"', 0xC3, 0x28, (byte)'"' }, DisplayName = "in a message")]
    [DataRow(new byte[] { 0x81, 0x81, 0, 0, 0, 0, 0xC3 }, DisplayName = "cut off at the end")]
    [DataRow(new byte[] { 0x88, 0x83, 0, 0, 0, 0, 3, 232, 0xFF }, DisplayName = "in the reason of a Close frame")]
    public async Task InvalidUtf8ClosesTheConnection(byte[] bytes)
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var ana = await RawWebSocket.ConnectAsync(daemon);
        await ana.SendBytesAsync(bytes);
        await ana.ExpectCloseAsync(1007);
    }

    [TestMethod]
    [DataRow(new byte[] { 0x81, 0x02, (byte)'{', (byte)'}' }, DisplayName = "not masked")]
    [DataRow(new byte[] { 0xC1, 0x80, 0, 0, 0, 0 }, DisplayName = "compressed without an agreement")]
    [DataRow(new byte[] { 0x83, 0x80, 0, 0, 0, 0 }, DisplayName = "a reserved opcode")]
    [DataRow(new byte[] { 0x8B, 0x80, 0, 0, 0, 0 }, DisplayName = "a reserved opcode of a control frame")]
    [DataRow(new byte[] { 0x89, 0xFE, 0, 126, 0, 0, 0, 0 }, DisplayName = "a long ping")]
    [DataRow(new byte[] { 0x09, 0x80, 0, 0, 0, 0 }, DisplayName = "a fragmented ping")]
    [DataRow(new byte[] { 0x80, 0x80, 0, 0, 0, 0 }, DisplayName = "a continuation of nothing")]
    [DataRow(new byte[] { 0x01, 0x80, 0, 0, 0, 0, 0x81, 0x80, 0, 0, 0, 0 }, DisplayName = "a message within a message")]
    [DataRow(new byte[] { 0x81, 0xFE, 0, 125, 0, 0, 0, 0 }, DisplayName = "a length of 16 bits that fits in 7")]
    [DataRow(new byte[] { 0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0 }, DisplayName = "a length of 64 bits that fits in 16")]
    [DataRow(new byte[] { 0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, DisplayName = "a negative length")]
    [DataRow(new byte[] { 0x88, 0x81, 0, 0, 0, 0, 3 }, DisplayName = "a Close frame of one byte")]
    [DataRow(new byte[] { 0x88, 0x82, 0, 0, 0, 0, 3, 0xED }, DisplayName = "a Close frame with 1005")]
    public async Task AViolationClosesTheConnection(byte[] bytes)
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var ana = await RawWebSocket.ConnectAsync(daemon);
        await ana.SendBytesAsync(bytes);
        await ana.ExpectCloseAsync(1002);
    }

    private static string OfBytes(int count) => Ping[..^1] + new string(' ', count - Ping.Length) + "}";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
