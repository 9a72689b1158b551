using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Chat.Protocol.Tests;

[TestClass]
public sealed class FrameWriterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 14, 0, 0, 250, TimeSpan.FromHours(2));

    [TestMethod]
    public void WritesCompactJsonWithItsTypeFirstAndTimesInUtc() => Assert.AreEqual(
        """{"type":"message","seq":1,"from":"ana","text":"a b","at":"2026-03-01T12:00:00.250Z","room":"geral","id":"7"}""",
        Wire.Line(new DaemonFrame.Message(1, "ana", "a b", Noon, "geral") { Id = "7" }));

    [TestMethod]
    public void WritesTimesWithMilliseconds()
    {
        foreach (var (ms, written) in new[] { (0, "000"), (5, "005"), (999, "999") })
            Assert.Contains($"12:00:00.{written}Z",
                Wire.Line(new DaemonFrame.Message(1, "a", "b", new DateTimeOffset(2026, 3, 1, 12, 0, 0, ms, TimeSpan.Zero), "r")));
    }

    [TestMethod]
    public void OmitsNullFields() =>
        Assert.AreEqual("""{"type":"presence","room":"x","left":["a"]}""", Wire.Line(new DaemonFrame.Presence("x", null, ["a"])));

    [TestMethod]
    public void EscapesOnlyWhatJsonRequires()
    {
        for (var c = 0; c < 0x3000; c++)
        {
            var one = ((char)c).ToString();
            var expected = c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < 0x20 => $"\\u{c:x4}",
                _ => one,
            };
            Assert.AreEqual($$"""{"type":"reply","text":"{{expected}}"}""", Wire.Line(new DaemonFrame.Reply(one)), $"U+{c:X4} alone");
            Assert.AreEqual($$"""{"type":"reply","text":"é\"{{expected}}😀"}""", Wire.Line(new DaemonFrame.Reply($"é\"{one}😀")),
                $"U+{c:X4} behind an escape");
        }
    }

    [TestMethod]
    [DataRow("😀👩‍👩‍👧‍👦🏳️‍🌈", DisplayName = "emoji")]
    [DataRow("\u2028\u2029\u0085\u007F\u00A0\uFEFF", DisplayName = "separators, DEL, marks")]
    [DataRow("</script>&'+`", DisplayName = "HTML")]
    [DataRow("日本語 العربية עברית", DisplayName = "scripts")]
    public void WritesTextUnescaped(string text)
    {
        foreach (var length in new[] { 1, 7, 300, 3_000 })
        {
            var all = string.Concat(Enumerable.Repeat(text, length));
            Assert.AreEqual($$"""{"type":"notice","text":"{{all}}"}""", Wire.Line(new DaemonFrame.Notice(all)));
            Assert.AreEqual($$"""{"type":"notice","text":"{{all}}\n{{all}}"}""", Wire.Line(new DaemonFrame.Notice($"{all}\n{all}")));
        }
    }

    [TestMethod]
    public void ReplacesLoneSurrogates()
    {
        foreach (var (text, written) in new[]
        {
            ("a\uD800b", "a\uFFFDb"), ("\uDC00", "\uFFFD"), ("a\uD83D", "a\uFFFD"), ("\uD800\uD83D\uDE00\"", "\uFFFD😀\\\""),
                ("😀\uD800\n", "😀\uFFFD\\n"),
        })
            Assert.AreEqual($$"""{"type":"reply","text":"{{written}}"}""", Wire.Line(new DaemonFrame.Reply(text)));
    }

    [TestMethod]
    public void CompactsTheDataOfAReply()
    {
        using var data = JsonDocument.Parse("""{ "a" : "\u00e9\ud83d\ude00\/\n", "b": [1.50, 1e3, null] }""");
        Assert.AreEqual("""{"type":"reply","text":"x","data":{"a":"é😀/\n","b":[1.50,1e3,null]}}""",
            Wire.Line(new DaemonFrame.Reply("x", data.RootElement)));
    }

    [TestMethod]
    public void ReadsBackEveryFrameThatItWrites()
    {
        foreach (var frame in Samples.Client) Assert.AreEqual(Wire.Line(frame), Wire.Line(Wire.Client(Wire.Line(frame)).Frame!));
        foreach (var frame in Samples.Daemon) Assert.AreEqual(Wire.Line(frame), Wire.Line(Wire.Daemon(Wire.Line(frame)).Frame!));
    }

    [TestMethod]
    public void BeginsEveryFrameWithItsType()
    {
        foreach (var line in Samples.Client.Select(Wire.Line).Concat(Samples.Daemon.Select(Wire.Line)))
            Assert.StartsWith("{\"type\":\"", line);
    }

    [TestMethod]
    public void HasASampleOfEveryFrame()
    {
        Assert.AreSequenceEqual(ProtocolShape.TypesOf<ClientFrame>().Values.Order(ByName),
            Samples.Client.Select(f => f.GetType()).Distinct().Order(ByName));
        Assert.AreSequenceEqual(ProtocolShape.TypesOf<DaemonFrame>().Values.Order(ByName),
            Samples.Daemon.Select(f => f.GetType()).Distinct().Order(ByName));
    }

    [TestMethod]
    public void WritesFromManyThreadsAtOnce() => Parallel.For(0, 2_000, i =>
    {
        var output = new ArrayBufferWriter<byte>();
        FrameWriter.Write(output, new DaemonFrame.Pong { Id = $"{i}" });
        FrameWriter.Write(output, new ClientFrame.Ping { Id = $"{i}" });
        Assert.AreEqual($"{{\"type\":\"pong\",\"id\":\"{i}\"}}\n{{\"type\":\"ping\",\"id\":\"{i}\"}}\n",
            Encoding.UTF8.GetString(output.WrittenSpan));
    });

    private static readonly Comparer<Type> ByName = Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.FullName, b.FullName));
}
