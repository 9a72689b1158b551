using Chat.Cli.Terminal;

namespace Chat.Cli.Tests;

[TestClass]
public sealed class EditingTests
{
    private static LineEditor Typed(string text, params ConsoleKey[] control)
    {
        var editor = new LineEditor(new InputHistory());
        editor.Press(new Key(default, default, text, IsPaste: true));
        foreach (var key in control) editor.Press(new Key(key, ConsoleModifiers.Control, ""));
        return editor;
    }

    [TestMethod]
    [DataRow("um dois", "um ", ConsoleKey.W)]
    [DataRow("um dois", "", ConsoleKey.U)]
    [DataRow("um dois", "m dois", ConsoleKey.A, ConsoleKey.D)]
    [DataRow("um dois", "", ConsoleKey.A, ConsoleKey.K)]
    [DataRow("a👍🏽", "a", ConsoleKey.H)]
    [DataRow("ae\u0301", "a", ConsoleKey.H)]
    [DataRow("x", "", ConsoleKey.C)]
    public void ControlKeysEditTheLine(string text, string becomes, params ConsoleKey[] keys) =>
        Assert.AreEqual(becomes, Typed(text, keys).Buffer.Text);

    [TestMethod]
    public void ControlDEndsOnlyAnEmptyLine()
    {
        Assert.AreEqual(EditResult.Left, new LineEditor(new InputHistory()).Press(new Key(ConsoleKey.D, ConsoleModifiers.Control, "")));
        Assert.AreEqual(EditResult.Edited, Typed("x").Press(new Key(ConsoleKey.D, ConsoleModifiers.Control, "")));
    }

    [TestMethod]
    public void HistoryReturnsToTheDraft()
    {
        var history = new InputHistory();
        history.Add("um");
        history.Add("dois");
        Assert.AreEqual("dois", history.Older("rascunho"));
        Assert.AreEqual("um", history.Older("dois"));
        Assert.IsNull(history.Older("um"));
        Assert.AreEqual("dois", history.Newer());
        Assert.AreEqual("rascunho", history.Newer());
        Assert.IsNull(history.Newer());
    }

    [TestMethod]
    [DataRow("abc", 3)]
    [DataRow("漢字", 4)]
    [DataRow("e\u0301", 1)]
    [DataRow("👍🏽", 2)]
    [DataRow("❤️", 2)]
    public void WidthIsCountedInCells(string text, int cells) => Assert.AreEqual(cells, CellWidth.Of(text));

    [TestMethod]
    public void RowNeverWrapsAndShowsTheCursor()
    {
        const string Text = "uma linha 漢字漢字 que é bem mais comprida que a tela\ncom 👍🏽 e tudo";
        for (var width = 10; width < 80; width++)
            for (var cursor = 0; cursor <= Text.Length; cursor++)
            {
                var (row, cell) = PromptView.Render("geral> ", Text, cursor, width);
                Assert.IsTrue(CellWidth.Of(row) < width && cell <= CellWidth.Of(row), $"{width} {cursor}: {row}");
            }
    }

    [TestMethod]
    [DataRow("Você está lá…", "Voce esta la...")]
    [DataRow("漢 x", "? x")]
    [DataRow("é\uFFFE", "e?")]
    public void TextIsFoldedToAscii(string text, string folded) => Assert.AreEqual(folded, AsciiText.Fold(text));

    [TestMethod]
    public void CompletionStopsWhereCandidatesDiffer()
    {
        Assert.AreEqual("/entrar ", Completion.Of("/en", 0, 3, ["/entrar"])?.Text);
        Assert.AreEqual("/s", Completion.Of("/", 0, 1, ["/sair", "/salas"])?.Text is { } text ? text[..2] : null);
        Assert.IsNull(Completion.Of("/z", 0, 2, []));
    }
}
