using Chat.Cli.Terminal;

namespace Chat.Cli.Tests;

/// <summary>Rows of a terminal: wrapping, drawing and erasing.</summary>
[TestClass]
public sealed class LayoutTests
{
    [TestMethod]
    [DataRow("um dois três", 8, "um dois|  três")]
    [DataRow("um dois  três", 7, "um dois|  três")]
    [DataRow("umapalavramuitolonga", 8, "umapalav|  ramuit|  olonga")]
    [DataRow("漢字漢字漢字", 5, "漢字|  漢|  字|  漢|  字")]
    [DataRow("ae\u0301e\u0301 e\u0301e\u0301b", 4, "ae\u0301e\u0301|  e\u0301e\u0301|  b")]
    [DataRow("\e[31mum\e[0m dois", 4, "\e[31mum\e[0m d|  oi|  s")]
    [DataRow("  recuado", 20, "  recuado")]
    [DataRow("", 10, "")]
    public void LinesWrapAtWords(string line, int width, string rows) =>
        Assert.AreEqual(rows, string.Join('|', LineWrapper.Break(line, 2, width)));

    [TestMethod]
    public void RowsFitTheTerminalAndKeepEveryLetter()
    {
        const string Line = "12:00 ana: uma linha 漢字漢字 com 👍🏽 e um-caminho/muito/comprido/sem/espaço "
            + "e\u0301e\u0301e\u0301 fim";
        for (var width = 8; width < 100; width++)
        {
            var rows = LineWrapper.Break(Line, 11, width).ToArray();
            Assert.IsTrue(rows.All(r => CellWidth.Of(r) <= width), $"{width}: {string.Join('|', rows)}");
            Assert.AreEqual(Line.Replace(" ", ""), string.Concat(rows).Replace(" ", ""));
        }
    }

    [TestMethod]
    public void TextIsAlignedBehindItsHead()
    {
        Assert.AreEqual("ana: um\r\n     dois\r\n     três\r\n", Paragraph.Lay("ana: ", "um dois\ntrês", 10));
        Assert.AreEqual("alguém: x\r\n    y\r\n", Paragraph.Lay("alguém: ", "x\ny", 12));
    }

    [TestMethod]
    public void NoMoreRowsAreErasedThanWereDrawn()
    {
        var rows = new BottomRows { Waiting = [new string('x', 30), "y"] };
        rows.Draw("> ", new string('z', 30), 30, 80);
        Assert.AreEqual("\e[2A\r\e[J", rows.Erase());
        Assert.AreEqual("", rows.Erase());
        rows.Waiting = [];
        rows.Draw("> ", new string('z', 30), 30, 80);
        Assert.AreEqual("\r\e[J", rows.Erase());
    }
}
