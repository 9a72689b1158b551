namespace Chat.Cli.Terminal;

/// <summary>The text being edited and the cursor, which moves by graphemes.</summary>
internal sealed class LineBuffer
{
    public string Text { get; private set; } = "";

    /// <summary>UTF-16 index.</summary>
    public int Cursor { get; private set; }

    public void Set(string text, int? cursor = null) => (Text, Cursor) = (text, cursor ?? text.Length);

    public void Insert(string text) => Set(Text.Insert(Cursor, text), Cursor + text.Length);

    public void Replace(int from, int length, string text) => Set(Text.Remove(from, length).Insert(from, text), from + text.Length);

    public void Left() => Cursor = Graphemes.Previous(Text, Cursor);

    public void Right() => Cursor = Graphemes.Next(Text, Cursor);

    public void Home() => Cursor = 0;

    public void End() => Cursor = Text.Length;

    public void WordLeft() => Cursor = WordStart(Cursor);

    public void WordRight()
    {
        while (Cursor < Text.Length && char.IsWhiteSpace(Text[Cursor])) Right();
        while (Cursor < Text.Length && !char.IsWhiteSpace(Text[Cursor])) Right();
    }

    public void Backspace() => Remove(Graphemes.Previous(Text, Cursor), Cursor);

    public void Delete() => Remove(Cursor, Graphemes.Next(Text, Cursor));

    public void DeleteWordLeft() => Remove(WordStart(Cursor), Cursor);

    public void DeleteToHome() => Remove(0, Cursor);

    public void DeleteToEnd() => Remove(Cursor, Text.Length);

    private void Remove(int from, int to) => Set(Text.Remove(from, to - from), from);

    private int WordStart(int at)
    {
        while (at > 0 && char.IsWhiteSpace(Text[at - 1])) at--;
        while (at > 0 && !char.IsWhiteSpace(Text[at - 1])) at--;
        return at;
    }
}
