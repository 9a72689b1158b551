using System.Text;

namespace Chat.Protocol.Tests;

/// <summary>Plain messages are read and written without the serializer, and nobody can tell.</summary>
[TestClass]
public sealed class PlainMessageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 14, 0, 0, 250, TimeSpan.FromHours(2));

    private static readonly string[] Texts =
    [
        "a", "", "olá, 日本語 😀", "\"quoted\" \\ and \n lines", "\u0001", "\u2028\uFEFF", new('x', 4_000), new('é', 4_000),
    ];

    private static readonly string[] Ids = ["", "7", "é😀\"\\", "\t", new('i', 64)];

    /// <summary>The entries of a list are always the serializer's.</summary>
    [TestMethod]
    public void AMessageIsWrittenAsTheSerializerWritesIt()
    {
        foreach (var text in Texts)
        {
            foreach (var at in new[] { Noon, Noon, Noon.AddTicks(1), Noon.AddMilliseconds(1), DateTimeOffset.MinValue })
            {
                foreach (var (room, to) in new[] { ("geral", (string?)null), (null, "bia"), (null, null) })
                {
                    var message = new DaemonFrame.Message(long.MaxValue, "ana", text, at, room, to);
                    Assert.AreEqual(BySerializer(message), Wire.Line(message));
                    foreach (var id in Ids)
                        Assert.AreEqual(BySerializer(message with { Id = id }), Wire.Line(message with { Id = id }));
                }
            }
        }
    }

    [TestMethod]
    public void HalfOfASurrogatePairIsReplacedAsByTheSerializer()
    {
        foreach (var text in new[] { "\uD83D", "a\uDE00b", "\uDE00\uD83D" })
        {
            var message = new DaemonFrame.Message(1, "ana", text, Noon, "geral");
            Assert.AreEqual(BySerializer(message), Wire.Line(message));
        }
    }

    [TestMethod]
    public void AnIdIsAddedToALineAsToTheFrame()
    {
        DaemonFrame[] frames =
        [
            new DaemonFrame.Message(1, "ana", "oi", Noon, "geral"),
            new DaemonFrame.Message(2, "ana", "a\"b", Noon, To: "bia", Via: "dice.roll", ReplyTo: 1, Mentions: ["bia"]),
            new DaemonFrame.Change(1, ChangeKind.Edit, "ana", Noon, 3, "geral", Text: "ó"),
            new DaemonFrame.Pong(),
        ];
        foreach (var frame in frames)
        {
            foreach (var id in Ids)
            {
                var line = Encoding.UTF8.GetBytes(Wire.Line(frame) + "\n");
                Assert.AreEqual(Wire.Line(frame with { Id = id }) + "\n", Encoding.UTF8.GetString(FrameWriter.WithId(line, id)));
            }
        }
    }

    /// <summary>A field of no meaning sends the line to the serializer.</summary>
    [TestMethod]
    [DataRow("""{"type":"message","room":"geral","id":"7","text":"oi"}""")]
    [DataRow("""{"text":"oi","to":"bia","type":"message"}""")]
    [DataRow(""" { "type" : "message" , "room" : "geral" , "text" : "a\"b\\\u00e9\ud83d\ude00" } """)]
    [DataRow("""{"t\u0079pe":"message","room":"geral","text":"oi"}""")]
    [DataRow("""{"type":"message","room":"geral","text":"oi","reply_to":3}""")]
    [DataRow("""{"type":"message","room":null,"to":"bia","id":null,"text":"oi"}""")]
    [DataRow("""{"type":"message","room":"a","room":"b","text":"oi"}""")]
    [DataRow("""{"type":"message","type":"ping","text":"oi","room":"a"}""")]
    [DataRow("""{"type":"message","room":"a","text":""}""")]
    [DataRow("""{"type":"message","room":"a","text":"\ud83d"}""")]
    [DataRow("""{"type":"message","room":"a","text":"\u0000"}""")]
    [DataRow("""{"type":"message","room":"a","to":"b","text":"x"}""")]
    [DataRow("""{"type":"message","text":"x"}""")]
    [DataRow("""{"type":"message","room":"a"}""")]
    [DataRow("""{"type":"message","room":"a","text":null}""")]
    [DataRow("""{"type":"message","room":"a","text":5}""")]
    [DataRow("""{"type":"message","room":["a"],"text":"x"}""")]
    [DataRow("""{"type":"message","room":"a","text":"x","Text":"y"}""")]
    [DataRow("""{"type":"message","room":"a","text":"x","id":7}""")]
    [DataRow("""{"type":"nothing","room":"a","text":"x"}""")]
    [DataRow("""{"type":"ping","id":"x"}""")]
    public void ALineIsReadAsTheSerializerReadsIt(string line)
    {
        var closing = line.LastIndexOf('}');
        var other = Wire.Client($$"""{{line[..closing]}},"of_no_meaning":0}""");
        var result = Wire.Client(line);
        Assert.AreEqual(other, result);
    }

    [TestMethod]
    [DataRow(64, true)]
    [DataRow(65, false)]
    public void AnIdHasALimit(int length, bool isValid)
    {
        var result = Wire.Client($$"""{"type":"message","room":"a","text":"x","id":"{{new string('i', length)}}"}""");
        Assert.AreEqual(isValid, result.Frame is not null);
    }

    [TestMethod]
    [DataRow("""{"type":"message","room":"a","text":"x"}}""")]
    [DataRow("""{"type":"message","room":"a","text":"x"} {}""")]
    [DataRow("""{"type":"message","room":"a","text":"x",}""")]
    [DataRow("""{"type":"message","room":"a","text":"x" """)]
    [DataRow("""[{"type":"message","room":"a","text":"x"}]""")]
    public void WhatIsNotOneObjectIsRefused(string line) => Assert.AreEqual(RefusalCode.BadFrame, Wire.Client(line).Code);

    private static string BySerializer(DaemonFrame.Message message)
    {
        var page = Wire.Line(new DaemonFrame.History([message], More: false));
        const string Before = "\"messages\":[{";
        var start = page.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        var end = page.LastIndexOf("],\"more\":", StringComparison.Ordinal);
        return "{\"type\":\"message\"," + page[start..end];
    }
}
