using System.Text;
using System.Text.Json;

namespace Chat.Protocol.Tests;

[TestClass]
public sealed class FrameReaderTests
{
    [TestMethod]
    public void ReadsFieldsInAnyOrderAndSpacing()
    {
        var result = Wire.Client(" {\t\"text\" : \"a\" ,\"id\":\"7\", \"room\":\"geral\",\r \"type\" : \"message\" } ");
        Assert.AreEqual(new ClientFrame.Message("a", "geral") { Id = "7" }, result.Frame);
        Assert.AreEqual("7", result.Id);
        Assert.IsNull(result.Code);
        Assert.IsNull(result.Reason);
    }

    [TestMethod]
    public void IgnoresUnknownFields()
    {
        var result = Wire.Client(
            """{"type":"join","colour":{"a":[1,2.5e3,null,true]},"room":"x","Room":"y","$id":"1","$ref":"2","$type":"login"}""");
        Assert.AreEqual(new ClientFrame.Join("x"), result.Frame);
    }

    [TestMethod]
    [DataRow("1e300", true)]
    [DataRow("1e400", false)]
    [DataRow("-1e400", false)]
    [DataRow("\"1\"", false)]
    public void ANumberIsFinite(string max, bool isRead)
    {
        var parameter = $$"""{"name":"n","type":"number","kind":"argument","required":false,"max":{{max}}}""";
        var entry = $$"""{"name":"x","aliases":[],"summary":"","usage":"/x","where":"room","parameters":[{{parameter}}]}""";

        var result = Wire.Daemon($$"""{"type":"commands","commands":[{{entry}}],"more":false}""");

        Assert.AreEqual(isRead, result.Frame is not null, result.Reason);
    }

    [TestMethod]
    public void TakesTheLastOfDuplicateFields()
    {
        var result = Wire.Client("""{"type":"ping","id":"1","text":"a","type":"message","room":"x","text":"b","id":"2"}""");
        Assert.AreEqual(new ClientFrame.Message("b", "x") { Id = "2" }, result.Frame);
        var command = (ClientFrame.Command)Wire.Client("""{"type":"command","name":"x","args":{"a":1,"a":2}}""").Frame!;
        Assert.AreEqual(2, command.Args!["a"].GetInt32());
    }

    [TestMethod]
    public void ReadsEscapedNamesAndValues()
    {
        Assert.AreEqual(
            new ClientFrame.Join("é😀"), Wire.Client("""{"\u0074ype":"jo\u0069n","ro\u006fm":"\u00e9\ud83d\ude00"}""").Frame);
        Assert.AreEqual("x\"\\", Wire.Client("""{"type":"ping","id":"x\"\\"}""").Id);
    }

    [TestMethod]
    public void TreatsANullOptionalFieldAsMissing()
    {
        var login = """{"type":"login","id":null,"user":"ana","password":null,"token":null,"rooms":null,"client":null,"lang":null}""";
        Assert.AreEqual(new ClientFrame.Login("ana"), Wire.Client(login).Frame);
        Assert.AreEqual(new ClientFrame.History("x"),
            Wire.Client("""{"type":"history","room":"x","with":null,"after":null,"before":null,"limit":null}""").Frame);
        Assert.AreEqual(new ClientFrame.Message("a", To: "b"), Wire.Client("""{"type":"message","text":"a","room":null,"to":"b"}""").Frame);
        Assert.AreEqual(new ClientFrame.Command("x"), Wire.Client("""{"type":"command","name":"x","args":null,"room":null}""").Frame);
        Assert.AreEqual(new ClientFrame.Complete("/x"), Wire.Client("""{"type":"complete","text":"/x","cursor":null}""").Frame);
    }

    [TestMethod]
    public void KeepsCommandArgumentsAfterTheLineIsGone()
    {
        var command = (ClientFrame.Command)Wire.Client(
            """{"type":"command","name":"x","args":{"n":1.5,"t":"ä","l":[1,{"a":null}],"z":null}}""").Frame!;
        Assert.AreEqual("""{"n":1.5,"t":"ä","l":[1,{"a":null}],"z":null}""", JsonSerializer.Serialize(command.Args, Relaxed));
    }

    [TestMethod]
    [DataRow("0", 0)]
    [DataRow("-0", 0)]
    [DataRow("-1", -1)]
    [DataRow("9223372036854775807", long.MaxValue)]
    [DataRow("9223372036854775808", long.MaxValue)]
    [DataRow("99999999999999999999999999999999", long.MaxValue)]
    [DataRow("-9223372036854775808", long.MinValue)]
    [DataRow("-99999999999999999999999999999999", long.MinValue)]
    public void SaturatesIntegersOutOfRange(string written, long read) =>
        Assert.AreEqual(new ClientFrame.Join("x", read), Wire.Client($$"""{"type":"join","room":"x","after":{{written}}}""").Frame);

    [TestMethod]
    public void CountsAnIdInScalarValues()
    {
        foreach (var one in new[] { "x", "é", "😀", "\\n" })
        {
            Assert.IsNull(Wire.Client($$"""{"type":"ping","id":"{{string.Concat(Enumerable.Repeat(one, 64))}}"}""").Code, one);
            var over = Wire.Client($$"""{"type":"ping","id":"{{string.Concat(Enumerable.Repeat(one, 65))}}"}""");
            Assert.AreEqual(RefusalCode.BadFrame, over.Code, one);
            Assert.IsNull(over.Id, "too long to be carried back");
        }
    }

    [TestMethod]
    public void ReportsTypesOfTheOtherSideAsUnknown()
    {
        Assert.AreEqual((RefusalCode.UnknownType, "7"), CodeAndId("""{"type":"dance","id":"7","room":5}"""));
        Assert.AreEqual((RefusalCode.UnknownType, null), CodeAndId("""{"type":"dance"}"""));
        Assert.AreEqual((RefusalCode.UnknownType, null), CodeAndId("""{"type":""}"""));
        Assert.AreEqual((RefusalCode.UnknownType, null), CodeAndId("""{"type":"Ping"}"""));
        Assert.AreEqual((RefusalCode.UnknownType, null), CodeAndId("""{"type":"welcome"}"""), "that is the daemon's");
        Assert.AreEqual(RefusalCode.UnknownType, Wire.Daemon("""{"type":"login","user":"ana"}""").Code, "that is a client's");
    }

    [TestMethod]
    public void ReadsALineInSeveralSegments()
    {
        var line = Encoding.UTF8.GetBytes("""{"type":"message","room":"praça","text":"é😀\u00e9","id":"1"}""");
        for (var size = 1; size < line.Length; size++)
            Assert.AreEqual(new ClientFrame.Message("é😀é", "praça") { Id = "1" },
                FrameReader.ReadClient(Wire.Segmented(line.Chunk(size))).Frame, $"{size}");
    }

    [TestMethod]
    public void ReadsTimesWithOffsets()
    {
        var message = (DaemonFrame.Message)Wire.Daemon(
            """{"type":"message","seq":1,"from":"a","text":"x","at":"2026-03-01T14:00:00.5+02:00","room":"r"}""").Frame!;
        Assert.AreEqual(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 500, TimeSpan.Zero), message.At);
    }

    [TestMethod]
    public void AllowsNestingUpToItsLimit()
    {
        Assert.IsNull(Wire.Client(Nested(ProtocolLimits.Depth)).Code);
        Assert.AreEqual(RefusalCode.BadFrame, Wire.Client(Nested(ProtocolLimits.Depth + 1)).Code);
        Assert.AreEqual(RefusalCode.BadFrame, Wire.Client(Nested(8_000)).Code);
        Assert.AreEqual(RefusalCode.BadFrame, Wire.Client(new string('[', 16_000)).Code);
    }

    private static readonly JsonSerializerOptions Relaxed =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A frame whose deepest value lies that many levels deep.</summary>
    private static string Nested(int levels) => $$"""{"type":"ping","x":{{new string('[', levels - 1)}}{{new string(']', levels - 1)}}}""";

    private static (string?, string?) CodeAndId(string line)
    {
        var result = Wire.Client(line);
        Assert.IsNull(result.Frame);
        return (result.Code, result.Id);
    }
}
