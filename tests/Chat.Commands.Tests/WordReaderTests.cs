using Chat.Daemon.Commands;

namespace Chat.Commands.Tests;

[TestClass]
internal sealed class WordReaderTests
{
    [TestMethod]
    public void ManyQuotesInOneWordCostNoMoreThanTheirNumber()
    {
        var line = "--o=" + string.Concat(Enumerable.Repeat("“C=", 5_000));
        var words = new WordReader(line, 0);
        Assert.IsTrue(words.SkipSpace());
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        words.Read();
        Assert.IsLessThan(allocated + 1_000_000, GC.GetAllocatedBytesForCurrentThread());
    }

    [TestMethod]
    [DataRow("a bc", "a|bc")]
    [DataRow("  a\t b  ", "a|b")]
    [DataRow("\"a b\" c", "a b|c")]
    [DataRow("“a b” c", "a b|c")]
    [DataRow("d'água it's", "d'água|it's")]
    [DataRow("a\"b c", "a\"b|c")]
    [DataRow("a\\ b c", "a b|c")]
    [DataRow("\"a \\\" b\"", "a \" b")]
    [DataRow("\\\"a b", "\"a|b")]
    [DataRow("a\\", "a\\")]
    [DataRow("\"\" x", "|x")]
    [DataRow("--por=\"um dois\" x", "--por=um dois|x")]
    [DataRow("--por=a\"b\" x", "--por=a\"b\"|x")]
    [DataRow("\"open end", "open end")]
    public void Cuts(string line, string words) => Assert.AreEqual(words, string.Join('|', All(line).Select(w => w.Text)));

    [TestMethod]
    public void TellsQuotedWordsAndTheirSpans()
    {
        var words = All("x \"a b\" \"c");
        Assert.AreEqual(new LineSpan(2, 5), words[1].Span);
        Assert.IsTrue(words[1] is { IsQuoted: true, IsLiteral: true, IsClosed: true });
        Assert.IsFalse(words[0].IsLiteral);
        Assert.IsFalse(words[2].IsClosed);
    }

    private static List<WordReader.Word> All(string line)
    {
        var reader = new WordReader(line, 0);
        var words = new List<WordReader.Word>();
        while (reader.SkipSpace()) words.Add(reader.Read());
        return words;
    }
}
