using Chat.Cli.Terminal;
using Chat.Protocol;

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
    [DataRow("um dois três", "um dois três", "^w ^w ^y", DisplayName = "two words killed come back as one")]
    [DataRow("um dois", "dois", "^a !d ^d", DisplayName = "Alt-D kills the word")]
    [DataRow("um dois", "um doisum dois", "^u ^y ^y")]
    [DataRow("um dois", "um ", "^w !b ^f ^e ^y ^7", DisplayName = "Ctrl-_ undoes the yank")]
    [DataRow("um dois", "um dois", "^u ^7")]
    [DataRow("abc", "acb", "^t")]
    [DataRow("um dois", "x um dois", "!b !b +x +_ ^7 +_", DisplayName = "a blank begins a new change")]
    [DataRow("a b", "b", "^w ^e ^u ^y !y", DisplayName = "Alt-Y takes the text killed before")]
    public void LinesAreKilledYankedAndUndone(string text, string becomes, string keys)
    {
        var editor = Typed(text);
        foreach (var key in keys.Split(' '))
        {
            var code = char.IsAsciiDigit(key[1]) ? ConsoleKey.D0 + (key[1] - '0')
                : Enum.TryParse<ConsoleKey>(key[1..], ignoreCase: true, out var named) ? named : default;
            editor.Press(key[0] == '^' ? new Key(code, ConsoleModifiers.Control, "")
                : key[0] == '!' ? new Key(code, ConsoleModifiers.Alt, "")
                : new Key(default, default, key[1..].Replace('_', ' ')));
        }
        Assert.AreEqual(becomes, editor.Buffer.Text);
    }

    [TestMethod]
    public void EarlierLinesAreSearched()
    {
        var history = new InputHistory();
        foreach (var line in (string[])["/join jogos", "bom dia", "boa noite", "oi"]) history.Add(line);
        var editor = new LineEditor(history);
        var search = new Key(ConsoleKey.R, ConsoleModifiers.Control, "");
        editor.Press(new Key(default, default, "rascunho"));
        editor.Press(search);
        foreach (var letter in "BO") editor.Press(new Key(default, default, letter.ToString()));
        Assert.AreEqual("boa noite", editor.Buffer.Text);
        editor.Press(search);
        Assert.AreEqual("bom dia", editor.Buffer.Text);
        editor.Press(new Key(ConsoleKey.G, ConsoleModifiers.Control, ""));
        Assert.AreEqual(("rascunho", true), (editor.Buffer.Text, editor.Search is null));
        editor.Press(search);
        editor.Press(new Key(default, default, "jog"));
        Assert.AreEqual(EditResult.Entered, editor.Press(new Key(ConsoleKey.Enter, default, "")));
        Assert.AreEqual("/join jogos", editor.Buffer.Text);
        editor.Press(search);
        foreach (var letter in "bom\b\b\boi")
            editor.Press(letter == '\b' ? new Key(ConsoleKey.Backspace, default, "") : new Key(default, default, letter.ToString()));
        Assert.AreEqual("oi", editor.Buffer.Text, "An emptied search begins anew.");
    }

    [TestMethod]
    public void TabAgainTakesTheNextCandidate()
    {
        var (buffer, cycle) = (new LineBuffer(), new TabCycle());
        buffer.Set("/s");
        var offer = Completion.Of("/s", 0, 2, ["/sair", "/salas"])!;
        buffer.Replace(offer.From, offer.Length, offer.Text!);
        cycle.Offer(offer, buffer);
        var seen = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            Assert.IsTrue(cycle.TryNext(buffer, isBack: false));
            seen.Add(buffer.Text);
        }
        Assert.AreEqual("/sair /salas /sair", string.Join(' ', seen));
        buffer.Insert("x");
        Assert.IsFalse(cycle.TryNext(buffer, isBack: false), "The line is another one.");
    }

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
    [DataRow("👨‍👩‍👧‍👦", 2)]
    [DataRow("🏳️‍🌈", 2)]
    [DataRow("🇧🇷", 2)]
    [DataRow("🇧🇷🇵🇹", 4)]
    [DataRow("ｱ", 1)]
    [DataRow("ＡＢ", 4)]
    [DataRow("한글", 4)]
    [DataRow("नमस्ते", 4)]
    [DataRow("\u200B", 0)]
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

    /// <summary>The text of another user's message may be in the line.</summary>
    [TestMethod]
    public void WhatIsEditedDoesNotControlTheTerminal()
    {
        const string Text = "a\u202Eb\e[2Jc\u009Bd\u2066e\r\nf";
        for (var cursor = 0; cursor <= Text.Length; cursor++)
        {
            var (row, cell) = PromptView.Render("> ", Text, cursor, 80);
            Assert.AreEqual(TextRules.Harmless(row), row);
            Assert.IsFalse(row.Contains('\n', StringComparison.Ordinal));
            Assert.AreEqual(cursor + 2, cell);
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
