using System.Text;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Transport;

[TestClass]
public sealed class FramingTests
{
    private const string Ping = """{"type":"ping","id":"1"}""";

    [TestMethod]
    public async Task FramesAreReadFromHalvesFromSingleBytesAndFromManyAtOnce()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.ConnectAsync();

        await ana.SendBytesAsync(Bytes(Ping[..9]));
        await ana.SendBytesAsync(Bytes(Ping[9..] + "\n"));
        foreach (var b in Bytes(Ping + "\r\n")) await ana.SendBytesAsync(new[] { b });
        await ana.SendBytesAsync(Bytes(string.Concat(Enumerable.Range(0, 300).Select(i => $$"""{"type":"ping","id":"m{{i}}"}""" + "\n"))));

        Assert.AreEqual("1", (await ana.ExpectAsync<DaemonFrame.Pong>()).Id);
        Assert.AreEqual("1", (await ana.ExpectAsync<DaemonFrame.Pong>()).Id);
        for (var i = 0; i < 300; i++) Assert.AreEqual($"m{i}", (await ana.ExpectAsync<DaemonFrame.Pong>()).Id);
    }

    [TestMethod]
    [DataRow("\n", DisplayName = "LF")]
    [DataRow("\r\n", DisplayName = "CRLF")]
    public async Task AFrameAtTheSizeLimitPassesAndOneByteMoreIsRefused(string end)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.ConnectAsync();

        await ana.SendBytesAsync(Bytes(OfBytes(ProtocolLimits.ClientFrameBytes) + end));
        Assert.AreEqual("1", (await ana.ExpectAsync<DaemonFrame.Pong>()).Id);

        await ana.SendBytesAsync(Bytes(OfBytes(ProtocolLimits.ClientFrameBytes + 1) + end + Ping + end));
        var error = await ana.ExpectAsync<DaemonFrame.Error>();
        Assert.AreEqual((RefusalCode.FrameTooLong, null), (error.Code, error.Id));
        await ana.ExpectAsync<DaemonFrame.Pong>();
    }

    [TestMethod]
    public async Task AnEndlessLineIsRefusedOnceAndSkipped()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.ConnectAsync();

        for (var i = 0; i < 64; i++) await ana.SendBytesAsync(Bytes(new string('x', 32_768)));
        await ana.SendAsync("");
        await ana.SendAsync(Ping);

        Assert.AreEqual(RefusalCode.FrameTooLong, (await ana.ExpectAsync<DaemonFrame.Error>()).Code);
        Assert.IsInstanceOfType<DaemonFrame.Pong>((await ana.NextAsync()).Frame);
    }

    [TestMethod]
    public async Task AHalfClosedConnectionIsAnsweredThenClosed()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.ConnectAsync();

        await ana.SendBytesAsync(Bytes("""
            {"type":"login","user":"ana"}
            {"type":"message","room":"geral","text":"oi","id":"m"}
            {"type":"ping","id":"p"}

            """.ReplaceLineEndings("\n")));
        ana.ShutdownSend();

        Assert.AreEqual("m", (await ana.ExpectAsync<DaemonFrame.Message>()).Id);
        Assert.AreEqual("p", (await ana.ExpectAsync<DaemonFrame.Pong>()).Id);
        Assert.AreEqual(Ending.Ended, await ana.ExpectClosedAsync());
        await ana.ExpectNothingAsync();
    }

    [TestMethod]
    public async Task TheLastFrameNeedsNoLineEndButMustBeComplete()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.ConnectAsync();
        await ana.SendBytesAsync(Bytes(Ping));
        ana.ShutdownSend();
        await ana.ExpectAsync<DaemonFrame.Pong>();
        await ana.ExpectClosedAsync();

        await using var bia = await daemon.ConnectAsync();
        await bia.SendBytesAsync(Bytes(Ping[..^4]));
        bia.ShutdownSend();
        Assert.AreEqual(RefusalCode.BadFrame, (await bia.ExpectAsync<DaemonFrame.Error>()).Code);
        await bia.ExpectClosedAsync();
    }

    [TestMethod]
    public async Task AnInvalidFrameIsRefusedAndTheConnectionStaysOpen()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");

        foreach (var (line, id) in BadLines)
        {
            await ana.SendBytesAsync((byte[])[.. line, (byte)'\n']);
            var error = await ana.ExpectAsync<DaemonFrame.Error>();
            Assert.AreEqual((RefusalCode.BadFrame, id), (error.Code, error.Id), Encoding.Latin1.GetString(line));
        }
        Assert.AreEqual(1, (await ana.SayAsync("geral", "ainda aqui")).Seq);
    }

    [TestMethod]
    public async Task TheTwentiethErrorInAMinuteClosesTheConnection()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.ConnectAsync();

        for (var i = 0; i < 10; i++)
        {
            await ana.SendAsync("?");
            await ana.SendAsync(new string('x', ProtocolLimits.ClientFrameBytes + 1));
            await ana.SendAsync("""{"type":"surprise","id":"s"}""");
            await ana.SendAsync("""{"type":"surprise"}""");
        }

        for (var i = 0; i < 10; i++)
        {
            Assert.AreEqual(RefusalCode.BadFrame, (await ana.ExpectAsync<DaemonFrame.Error>()).Code);
            Assert.AreEqual(RefusalCode.FrameTooLong, (await ana.ExpectAsync<DaemonFrame.Error>()).Code);
            if (i < 9) Assert.AreEqual((RefusalCode.UnknownType, "s"), await UnknownAsync(ana));
        }
        Assert.AreEqual(ByeReason.TooManyErrors, ((DaemonFrame.Bye)(await ana.NextAsync()).Frame!).Reason);
        Assert.AreEqual(Ending.Ended, await ana.ExpectClosedAsync());
    }

    [TestMethod]
    public async Task ErrorsOlderThanAMinuteDoNotCount()
    {
        var time = new TestTime();
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using var ana = await daemon.GuestAsync("ana");

        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 19; i++) await ana.SendAsync("?");
            for (var i = 0; i < 19; i++) await ana.ExpectAsync<DaemonFrame.Error>();
            time.Advance(TimeSpan.FromSeconds(61));
        }
        await ana.ExpectNothingAsync();
        Assert.IsFalse(ana.Closed.IsCompleted);
    }

    private static IEnumerable<(byte[] Line, string? Id)> BadLines =>
    [
        ([], null),
        (Bytes("[1]"), null),
        (Bytes("""{"id":"x"}"""), "x"),
        (Bytes("""{"type":"message","room":"geral","id":"x"}"""), "x"),
        (Bytes("""{"type":"message","room":"geral","to":"bia","text":"a","id":"x"}"""), "x"),
        (Bytes("""{"type":"message","text":"a","id":"x"}"""), "x"),
        (Bytes("""{"type":"message","room":"geral","text":5,"id":"x"}"""), "x"),
        (Bytes("""{"type":"message","room":"geral","text":"\ud800","id":"x"}"""), null),
        (Bytes("""{"type":"message","room":"geral","text":"\u0007","id":"x"}"""), "x"),
        (Bytes("""{"type":"history","room":"geral","limit":1.5,"id":"x"}"""), "x"),
        (Bytes("""{"type":"ping","id":"{0}"}""".Replace("{0}", new string('a', 65), StringComparison.Ordinal)), null),
        ([.. Bytes("""{"type":"message","room":"geral","text":"""), (byte)'"', 0xC3, 0x28, .. Bytes("\"}")], null),
        (Bytes("""{"type":"command","name":"x","args":""" + new string('[', 5000)), null),
    ];

    private static async Task<(string, string?)> UnknownAsync(TestClient client)
    {
        var error = await client.ExpectAsync<DaemonFrame.Error>();
        return (error.Code, error.Id);
    }

    private static string OfBytes(int count) => Ping[..^1] + new string(' ', count - Ping.Length) + "}";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
