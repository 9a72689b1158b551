using System.Buffers;
using System.Text;

namespace Chat.Protocol.Tests;

/// <summary>Everything that the protocol calls a bad frame, and only that.</summary>
[TestClass]
public sealed class BadFrameTests
{
    [TestMethod]
    [DataRow("", DisplayName = "an empty line")]
    [DataRow("   ", DisplayName = "white space")]
    [DataRow("hello", DisplayName = "no JSON")]
    [DataRow("\uFEFF{\"type\":\"ping\"}", DisplayName = "a byte order mark")]
    [DataRow("""{"type":"ping"} {"type":"ping"}""", DisplayName = "two objects")]
    [DataRow("""{"type":"ping"} x""", DisplayName = "something behind the object")]
    [DataRow("""{"type":"ping",}""", DisplayName = "a comma too many")]
    [DataRow("""{"type":"ping" /* */}""", DisplayName = "a comment")]
    [DataRow("""{'type':'ping'}""", DisplayName = "single quotes")]
    [DataRow("""{"type":"ping","id":"1""", DisplayName = "cut off")]
    [DataRow("""{"type":"ping","x":01}""", DisplayName = "a leading zero")]
    [DataRow("""{"type":"ping","x":NaN}""", DisplayName = "not a number")]
    [DataRow("{\"type\":\"ping\",\"x\":\"\t\"}", DisplayName = "a raw tab in a string")]
    [DataRow("""{"type":"ping","x":"\q"}""", DisplayName = "an unknown escape")]
    [DataRow("""{"type":"ping","x":"\u12"}""", DisplayName = "half an escape")]
    public void TextThatIsNotJsonIsRefused(string line) => Assert.IsNull(ReasonFor(line).Id);

    [TestMethod]
    [DataRow("[]")]
    [DataRow("\"ping\"")]
    [DataRow("1")]
    [DataRow("null")]
    [DataRow("true")]
    [DataRow("""[{"type":"ping"}]""")]
    public void JsonThatIsNotAnObjectIsRefused(string line) =>
        Assert.AreEqual("A frame is one JSON object per line.", ReasonFor(line).Reason);

    /// <summary>A peer may send nothing but line feeds: an exception for each would take ten times as much.</summary>
    [TestMethod]
    [DataRow("")]
    [DataRow("GET / HTTP/1.1")]
    [DataRow("[]")]
    public void RefusingWhatIsNoObjectTakesLittleMemory(string line)
    {
        const int Times = 1000, BytesEach = 200;
        var frame = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(line));
        FrameReader.ReadClient(frame);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++) FrameReader.ReadClient(frame);
        Assert.IsLessThan(Times * BytesEach, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    [DataRow("{}", "The field type is missing.")]
    [DataRow("""{"id":"1","user":"ana"}""", "The field type is missing.")]
    [DataRow("""{"Type":"ping"}""", "The field type is missing.")]
    [DataRow("""{"x":{"type":"ping"}}""", "The field type is missing.")]
    [DataRow("""{"type":null}""", "The field type must be a string.")]
    [DataRow("""{"type":1}""", "The field type must be a string.")]
    [DataRow("""{"type":{"type":"ping"}}""", "The field type must be a string.")]
    [DataRow("""{"type":["ping"]}""", "The field type must be a string.")]
    public void MissingTypeIsRefused(string line, string reason) => Assert.AreEqual(reason, ReasonFor(line).Reason);

    [TestMethod]
    [DataRow("1")]
    [DataRow("true")]
    [DataRow("{}")]
    [DataRow("[\"1\"]")]
    public void IdThatIsNotAStringIsRefused(string id) =>
        Assert.AreEqual("The field id must be a string.", ReasonFor($$"""{"type":"ping","id":{{id}}}""").Reason);

    [TestMethod]
    public void LongIdIsRefused() =>
        Assert.AreEqual("The field id can have at most 64 characters.",
            ReasonFor($$"""{"type":"dance","id":"{{new string('x', 65)}}"}""").Reason);

    [TestMethod]
    [DataRow("""{"type":"register","id":"1","user":"a"}""", "user, password")]
    [DataRow("""{"type":"join","id":"1"}""", "room")]
    [DataRow("""{"type":"leave","id":"1","Room":"x"}""", "room")]
    [DataRow("""{"type":"message","id":"1","room":"x"}""", "text")]
    [DataRow("""{"type":"command","id":"1","args":{}}""", "name")]
    [DataRow("""{"type":"complete","id":"1"}""", "text")]
    [DataRow("""{"type":"members","id":"1"}""", "room")]
    public void MissingRequiredFieldIsRefused(string line, string needed)
    {
        var (reason, id) = ReasonFor(line);
        Assert.AreEqual($"A frame of this type needs: {needed}.", reason);
        Assert.AreEqual("1", id);
    }

    [TestMethod]
    [DataRow("register", "user", "\"password\":\"p\"")]
    [DataRow("register", "password", "\"user\":\"u\"")]
    [DataRow("join", "room", "\"x\":1")]
    [DataRow("leave", "room", "\"x\":1")]
    [DataRow("message", "text", "\"room\":\"r\"")]
    [DataRow("command", "name", "\"x\":1")]
    [DataRow("complete", "text", "\"x\":1")]
    [DataRow("members", "room", "\"x\":1")]
    public void RequiredFieldOfTheWrongTypeIsRefused(string type, string field, string others)
    {
        foreach (var value in new[] { "null", "1", "true", "[]", "{}", "[\"a\"]" })
            Assert.AreEqual($"The field {field} is missing or of the wrong type.",
                ReasonFor($$"""{"type":"{{type}}",{{others}},"{{field}}":{{value}}}""").Reason, value);
    }

    [TestMethod]
    [DataRow("login", "user", "1 true [] {}")]
    [DataRow("login", "password", "1 true [] {}")]
    [DataRow("login", "token", "1 true [] {}")]
    [DataRow("login", "cookie", "1 true [] {}")]
    [DataRow("login", "client", "1 true [] {}")]
    [DataRow("login", "lang", "1 true [] {}")]
    [DataRow("login", "rooms", "\"geral\" 1 true {}")]
    [DataRow("register", "invitation", "1 true [] {}")]
    [DataRow("join", "after", "\"1\" true [] {} 1.5 1.0 1e3 1E3 -1.5")]
    [DataRow("message", "to", "1 true [] {}")]
    [DataRow("message", "room", "1 true [] {}")]
    [DataRow("command", "args", "1 true [] \"a\"")]
    [DataRow("command", "room", "1 true [] {}")]
    [DataRow("complete", "cursor", "\"1\" 1.5 1e0 true [] {}")]
    [DataRow("history", "room", "1 true [] {}")]
    [DataRow("history", "with", "1 true [] {}")]
    [DataRow("history", "after", "\"1\" 1.5 1e0 true [] {}")]
    [DataRow("history", "before", "\"1\" 1.5 1e0 true [] {}")]
    [DataRow("history", "limit", "\"1\" 50.0 5e1 true [] {}")]
    [DataRow("members", "after", "1 true [] {}")]
    public void OptionalFieldOfTheWrongTypeIsRefused(string type, string field, string values)
    {
        foreach (var value in values.Split(' '))
        {
            var line = $$"""{"type":"{{type}}","id":"1","user":"u","password":"p","name":"n","text":"t","room":"r","{{field}}":"""
                + $$"""{{value}}}""";
            var (reason, id) = ReasonFor(line);
            Assert.AreEqual($"The field {field} is missing or of the wrong type.", reason, line);
            Assert.AreEqual("1", id, line);
        }
    }

    [TestMethod]
    [DataRow("""{"type":"login","id":"1"}""", "A login needs user, token or cookie.")]
    [DataRow("""{"type":"login","id":"1","user":"a","rooms":["geral",null]}""", "The field rooms must contain strings.")]
    [DataRow("""{"type":"login","id":"1","user":"a","rooms":["geral",1]}""", "The field rooms[1] is missing or of the wrong type.")]
    [DataRow("""{"type":"message","id":"1","text":"a"}""", "A message needs either room or to.")]
    [DataRow("""{"type":"message","id":"1","text":"a","room":"x","to":"y"}""", "A message needs either room or to.")]
    [DataRow("""{"type":"history","id":"1"}""", "A history needs either room or with.")]
    [DataRow("""{"type":"history","id":"1","room":"x","with":"y"}""", "A history needs either room or with.")]
    public void ContradictoryFieldsAreRefused(string line, string reason) => Assert.AreEqual((reason, "1"), ReasonFor(line));

    [TestMethod]
    public void ControlCharactersInATextAreRefused()
    {
        for (var c = 0; c < 0x100; c++)
        {
            var line = $$"""{"type":"message","room":"x","text":"a\u{{c:x4}}b"}""";
            if (c is '\n' or '\r' or '\t' || !char.IsControl((char)c)) Assert.IsNull(Wire.Client(line).Code, line);
            else Assert.AreEqual("A text can contain line breaks and tabs, but no other control characters.", ReasonFor(line).Reason, line);
        }
    }

    [TestMethod]
    [DataRow("C3", DisplayName = "cut off")]
    [DataRow("80", DisplayName = "a continuation alone")]
    [DataRow("C0AF", DisplayName = "overlong")]
    [DataRow("EDA080", DisplayName = "a surrogate")]
    [DataRow("F4908080", DisplayName = "beyond Unicode")]
    [DataRow("FF", DisplayName = "never in UTF-8")]
    public void InvalidUtf8IsRefusedAnywhere(string hex)
    {
        foreach (var line in new[] { """{"type":"message","room":"x","text":"%"}""", """{"type":"ping","x":"%"}""",
            """{"type":"ping","%":1}""", """{"type":"ping","id":"%"}""", """{"type":"ping"}%""", "%" })
        {
            byte[] bytes = [.. line.SelectMany(c => c == '%' ? Convert.FromHexString(hex) : Encoding.UTF8.GetBytes([c]))];
            var result = FrameReader.ReadClient(new(bytes));
            Assert.AreEqual((RefusalCode.BadFrame, "The line is not valid UTF-8.", null), (result.Code, result.Reason, result.Id), line);
        }
    }

    [TestMethod]
    [DataRow(@"\ud800", DisplayName = "the first half alone")]
    [DataRow(@"\udc00", DisplayName = "the second half alone")]
    [DataRow(@"\udc00\ud800", DisplayName = "the wrong way round")]
    [DataRow(@"\ud800\ud800\udc00", DisplayName = "a half before a pair")]
    [DataRow(@"\ud83d\ude00\ude00", DisplayName = "a half behind a pair")]
    [DataRow(@"\ud83d x", DisplayName = "a letter between")]
    [DataRow(@"\ud83d\n\ude00", DisplayName = "an escape between")]
    [DataRow(@"é\uD83D", DisplayName = "at the end, in capitals")]
    public void LoneSurrogateIsRefusedAnywhere(string half)
    {
        foreach (var line in new[] { """{"type":"message","room":"x","text":"%"}""", """{"type":"ping","x":"%"}""",
            """{"type":"ping","%":1}""", """{"type":"ping","x":[{"%":"a"}]}""", """{"type":"ping","x":[{"a":["%"]}]}""",
            """{"type":"command","name":"x","args":{"%":1}}""", """{"type":"dance","id":"1","x":"%"}""" })
            Assert.AreEqual("A string contains half of a surrogate pair.",
                ReasonFor(line.Replace("%", half, StringComparison.Ordinal)).Reason,
                line);
        Assert.AreEqual("The field id must be a string.", ReasonFor($$"""{"type":"ping","id":"{{half}}"}""").Reason);
        Assert.AreEqual("The field type must be a string.", ReasonFor($$"""{"type":"{{half}}"}""").Reason);
    }

    [TestMethod]
    public void ReasonNeverQuotesTheLine()
    {
        const string Secret = "hunter2";
        foreach (var pattern in new[]
        {
            "%", "{%", """{"%":1}""", """{"type":"%"}""", """{"type":"ping","id":{"%":1}}""", """{"type":"register","user":"%"}""",
            """{"type":"register","user":"%","password":{"%":"%"}}""", """{"type":"command","name":"x","args":{"%":tru}}""",
            """{"type":"login","user":"a","password":"%","rooms":"%"}""",
                """{"type":"command","name":"x","args":{"%":[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]}}""",
        })
        {
            var line = pattern.Replace("%", Secret, StringComparison.Ordinal);
            var result = Wire.Client(line);
            Assert.IsNotNull(result.Code, line);
            Assert.DoesNotContain(Secret, result.Reason!, line);
        }
    }

    [TestMethod]
    public void ListsOfADaemonCannotContainNull()
    {
        var lists = 0;
        foreach (var line in Samples.Daemon.Select(Wire.Line))
        {
            var data = line.IndexOf("\"data\":", StringComparison.Ordinal); // any JSON
            foreach (var at in Enumerable.Range(0, data < 0 ? line.Length : data).Where(i => line[i] == '['))
            {
                var broken = line.Insert(at + 1, line[at + 1] == ']' ? "null" : "null,");
                Assert.AreEqual(RefusalCode.BadFrame, Wire.Daemon(broken).Code, broken);
                lists++;
            }
        }
        Assert.IsGreaterThan(10, lists);
    }

    private static (string Reason, string? Id) ReasonFor(string line)
    {
        var result = Wire.Client(line);
        Assert.AreEqual(RefusalCode.BadFrame, result.Code, line);
        Assert.IsNull(result.Frame, line);
        return (result.Reason!, result.Id);
    }
}
