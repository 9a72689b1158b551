using System.Globalization;
using Chat.Cli.Terminal;

namespace Chat.Cli.Tests;

/// <summary>
/// A key on a long line costs the same as on a short one. Measured as characters examined and bytes allocated, which do not depend on load.
/// </summary>
[TestClass]
public sealed class LongLineTests
{
    private const int Length = 16_000, Width = 80;

    /// <summary>Bytes: the characters around the cursor and the row, and copies of them. The whole line would take 32,000 each.</summary>
    private const long Bound = 25_000;

    /// <summary>Ten for each cell on both sides of the cursor, and as many as are searched for a boundary between graphemes.</summary>
    private const int MostExamined = (2 * 10 * Width) + 512 + 1;

    [TestMethod]
    [Timeout(60_000)]
    [DataRow("x")]
    [DataRow("word ")]
    [DataRow("漢")]
    [DataRow("👍🏽")]
    [DataRow("\u200B", DisplayName = "zero width")]
    public void DrawingCostsTheSameForAnyLineLength(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, Length / piece.Length));
        PromptView.Render("room> ", text, text.Length, Width);
        var before = GC.GetAllocatedBytesForCurrentThread();
        PromptView.Render("room> ", text, text.Length, Width);
        Assert.IsLessThan(Bound, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The row is drawn from a window of the line: what is outside it is neither examined nor shown.</summary>
    [TestMethod]
    [DataRow("x")]
    [DataRow("word ")]
    [DataRow("漢")]
    [DataRow("👍🏽")]
    [DataRow("e\u0301")]
    [DataRow("\u200B", DisplayName = "zero width")]
    [DataRow("\u0301", DisplayName = "one endless grapheme")]
    public void ARowIsDrawnFromABoundedNumberOfCharacters(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, Length / piece.Length));
        foreach (var cursor in (int[])[0, Length / 2 / piece.Length * piece.Length, text.Length])
        {
            var (from, to) = PromptView.Window(text, cursor, Width);
            Assert.IsLessThanOrEqualTo(MostExamined, to - from);
            var row = PromptView.Render("", text, cursor, Width + 1);
            Assert.AreEqual(row, PromptView.Render("", text[from..to], cursor - from, Width + 1));
            Assert.IsLessThanOrEqualTo(MostExamined, row.Row.Length);
        }
    }

    /// <summary>Quadratic work would take hours.</summary>
    [TestMethod]
    [Timeout(60_000)]
    public void LongLineIsTypedAndErasedQuickly()
    {
        var editor = new LineEditor(new InputHistory());
        for (var typed = 0; typed < Length; typed++)
        {
            editor.Press(new Key(default, default, "x"));
            PromptView.Render("room> ", editor.Buffer.Text, editor.Buffer.Cursor, Width);
        }
        for (var back = 0; back < Length; back++)
        {
            editor.Press(new Key(ConsoleKey.Backspace, default, ""));
            PromptView.Render("room> ", editor.Buffer.Text, editor.Buffer.Cursor, Width);
        }
        Assert.AreEqual("", editor.Buffer.Text);
    }

    [TestMethod]
    [DataRow("x")]
    [DataRow("🇧🇷 ")]
    [DataRow("e\u0301")]
    public void CursorStaysVisibleAndMovesByGraphemes(string letter)
    {
        var text = string.Concat(Enumerable.Repeat(letter, 2_000));
        var starts = StringInfo.ParseCombiningCharacters(text);
        for (var i = starts.Length - 1; i > starts.Length - 20; i--)
        {
            var (row, cell) = PromptView.Render("room> ", text, starts[i], Width);
            Assert.IsTrue(CellWidth.Of(row) < Width && cell > Width / 2, $"{i}: {row}");
            Assert.AreEqual(starts[i - 1], Graphemes.Previous(text, starts[i]));
        }
    }
}
