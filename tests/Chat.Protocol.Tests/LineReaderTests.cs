using System.Buffers;
using System.Text;

namespace Chat.Protocol.Tests;

[TestClass]
public sealed class LineReaderTests
{
    private const int Max = 8;

    [TestMethod]
    [DataRow("one\ntwo\r\n\nfour", "one|two||four.", DisplayName = "LF, CRLF, an empty line, a last line without its end")]
    [DataRow("12345678\n", "12345678", DisplayName = "exactly the limit, LF")]
    [DataRow("12345678\r\n", "12345678", DisplayName = "exactly the limit, CRLF")]
    [DataRow("123456789\nok\n", "!|ok", DisplayName = "one over, LF")]
    [DataRow("123456789\r\nok\n", "!|ok", DisplayName = "one over, CRLF")]
    [DataRow("1234567\r8\nok\n", "!|ok", DisplayName = "a CR inside counts")]
    [DataRow("1234567\r\r\nok\n", "1234567\r|ok", DisplayName = "only one CR belongs to the end")]
    [DataRow("12345678901234567890123456789012345678901234567890\nok\n", "!|ok", DisplayName = "far over, then a good one")]
    [DataRow("123456789\n123456789\nok\n", "!|!|ok", DisplayName = "two over, each reported once")]
    [DataRow("ok\n12345678", "ok|12345678.", DisplayName = "a last line of exactly the limit")]
    [DataRow("ok\n12345678\r", "ok|12345678.", DisplayName = "a last line with half a CRLF")]
    [DataRow("ok\n123456789", "ok|!.", DisplayName = "a last line one over")]
    [DataRow("ok\n12345678901234567890", "ok|!", DisplayName = "a last line far over is reported once")]
    [DataRow("", "", DisplayName = "nothing")]
    [DataRow("\r\n\n", "|", DisplayName = "only ends")]
    public void SplitsLinesHoweverTheyArrive(string sent, string expected)
    {
        for (var size = 1; size <= sent.Length + 1; size++)
            Assert.AreEqual(expected, Read(Encoding.UTF8.GetBytes(sent).Chunk(size)), $"in reads of {size}");
    }

    [TestMethod]
    public void ReportsALongLineBeforeItsEnd()
    {
        var reader = new LineReader(Max);
        var buffer = Wire.Sequence("123456789");
        Assert.AreEqual(LineStatus.None, reader.TryRead(ref buffer, out _), "the ninth byte could have been a CR");
        buffer = Wire.Sequence("1234567890");
        Assert.AreEqual(LineStatus.TooLong, reader.TryRead(ref buffer, out _));
        Assert.IsTrue(buffer.IsEmpty, "what is skipped is not kept");
    }

    [TestMethod]
    public void ReportsALongLineOnceOverSeveralReads()
    {
        var reader = new LineReader(Max);
        var buffer = Wire.Sequence(new string('x', 100));
        Assert.AreEqual(LineStatus.TooLong, reader.TryRead(ref buffer, out _));
        for (var i = 0; i < 10; i++)
        {
            buffer = Wire.Sequence(new string('y', 100));
            Assert.AreEqual(LineStatus.None, reader.TryRead(ref buffer, out _));
            Assert.IsTrue(buffer.IsEmpty);
        }
        buffer = Wire.Sequence("zz\nok\n");
        Assert.AreEqual(LineStatus.Line, reader.TryRead(ref buffer, out var line));
        Assert.AreEqual("ok", Encoding.UTF8.GetString(line));
    }

    [TestMethod]
    public void AcceptsALineOfExactlyTheLimit()
    {
        foreach (var (length, end, expected) in new[]
        {
            (ProtocolLimits.ClientFrameBytes, "\n", LineStatus.Line), (ProtocolLimits.ClientFrameBytes, "\r\n", LineStatus.Line),
            (ProtocolLimits.ClientFrameBytes + 1, "\n", LineStatus.TooLong),
                (ProtocolLimits.ClientFrameBytes + 1, "\r\n", LineStatus.TooLong),
        })
        {
            var buffer = Wire.Sequence(new string('x', length) + end);
            Assert.AreEqual(expected, new LineReader(ProtocolLimits.ClientFrameBytes).TryRead(ref buffer, out _), $"{length}");
        }
    }

    [TestMethod]
    public void FindsNothingAfterASkippedLastLine()
    {
        var reader = new LineReader(Max);
        var buffer = Wire.Sequence(new string('x', 100));
        reader.TryRead(ref buffer, out _);
        var rest = Wire.Sequence("the rest");
        Assert.AreEqual(LineStatus.None, reader.ReadLast(rest, out _));
    }

    [TestMethod]
    public void AgreesWithAPlainSplitOnRandomStreams()
    {
        var random = new Random(20260301);
        for (var round = 0; round < 2_000; round++)
        {
            var sent = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => "ab\r\n"[random.Next(4)]));
            var reads = new List<byte[]>();
            for (var rest = Encoding.UTF8.GetBytes(sent); rest.Length > 0;)
            {
                var size = random.Next(1, rest.Length + 1);
                reads.Add(rest[..size]);
                rest = rest[size..];
            }
            Assert.AreEqual(Split(sent), Read(reads), sent.Replace("\r", "\\r").Replace("\n", "\\n"));
        }
    }

    /// <summary>The result of reading the chunks: lines joined by <c>|</c>, <c>!</c> for a long line, a dot after an unended one.</summary>
    private static string Read(IEnumerable<byte[]> reads)
    {
        var reader = new LineReader(Max);
        var found = new List<string>();
        var pending = new List<byte[]>();
        foreach (var read in reads)
        {
            var buffer = Wire.Segmented([.. pending, read]);
            while (reader.TryRead(ref buffer, out var line) is not LineStatus.None and var status) found.Add(Show(status, line));
            pending = [];
            foreach (var part in buffer) pending.Add(part.ToArray());
        }
        if (reader.ReadLast(Wire.Segmented(pending), out var last) is not LineStatus.None and var end) found.Add(Show(end, last) + ".");
        return string.Join('|', found);
    }

    private static string Show(LineStatus status, ReadOnlySequence<byte> line) =>
        status is LineStatus.TooLong ? "!" : Encoding.UTF8.GetString(line);

    private static string Split(string sent)
    {
        var lines = sent.Split('\n');
        var found = lines[..^1].Select(l => Cut(l)).ToList();
        if (lines[^1] is { Length: > 0 } last)
            found.Add(last.Length > Max + 1 ? "!" : Cut(last) + ".");
        return string.Join('|', found);
    }

    private static string Cut(string line)
    {
        var text = line.EndsWith('\r') ? line[..^1] : line;
        return text.Length > Max ? "!" : text;
    }
}
