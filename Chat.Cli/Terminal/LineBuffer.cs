namespace Chat.Cli.Terminal;

/// <summary>The text being edited and the cursor, which moves by graphemes. Every change can be undone.</summary>
internal sealed class LineBuffer
{
    /// <summary>Changes kept, in number.</summary>
    private const int UndoBound = 500;

    private readonly List<(string Text, int Cursor)> undo = [];
    private int typedTo = -1;

    public string Text { get; private set; } = "";

    /// <summary>UTF-16 index.</summary>
    public int Cursor { get; private set; }

    public void Set(string text, int? cursor = null)
    {
        if (text != Text)
        {
            undo.Add((Text, Cursor));
            if (undo.Count > UndoBound) undo.RemoveAt(0);
        }
        (Text, Cursor, typedTo) = (text, cursor ?? text.Length, -1);
    }

    /// <summary>Letters typed one after another are one change.</summary>
    public void Insert(string text)
    {
        var isOneWord = Cursor == typedTo && !string.IsNullOrWhiteSpace(text);
        var (becomes, cursor) = (Text.Insert(Cursor, text), Cursor + text.Length);
        if (isOneWord) (Text, Cursor) = (becomes, cursor);
        else Set(becomes, cursor);
        typedTo = cursor;
    }

    public void Replace(int from, int length, string text) => Set(Text.Remove(from, length).Insert(from, text), from + text.Length);

    public void Undo()
    {
        if (undo.Count == 0) return;
        (Text, Cursor) = undo[^1];
        undo.RemoveAt(undo.Count - 1);
        typedTo = -1;
    }

    public void Left() => Cursor = Graphemes.Previous(Text, Cursor);

    public void Right() => Cursor = Graphemes.Next(Text, Cursor);

    /// <summary>The start of the line, in a text of several.</summary>
    public void Home() => Cursor = Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;

    /// <summary>The end of the line, in a text of several.</summary>
    public void End() => Cursor = Text.IndexOf('\n', Cursor) is >= 0 and var end ? end : Text.Length;

    public void WordLeft() => Cursor = WordStart(Cursor);

    public void WordRight() => Cursor = WordEnd(Cursor);

    public void Backspace() => Remove(Graphemes.Previous(Text, Cursor), Cursor);

    public void Delete() => Remove(Cursor, Graphemes.Next(Text, Cursor));

    /// <summary>Exchanges the graphemes around the cursor; at the end, the last two.</summary>
    public void Transpose()
    {
        var second = Cursor == Text.Length ? Graphemes.Previous(Text, Cursor) : Cursor;
        if (second == 0) return;
        var (first, end) = (Graphemes.Previous(Text, second), Graphemes.Next(Text, second));
        Replace(first, end - first, Text[second..end] + Text[first..second]);
    }

    /// <summary>Removes a part and returns it.</summary>
    public string Cut(Span span)
    {
        var (from, to) = span switch
        {
            Span.WordLeft => (WordStart(Cursor), Cursor),
            Span.WordRight => (Cursor, WordEnd(Cursor)),
            Span.ToStart => (0, Cursor),
            _ => (Cursor, Text.Length),
        };
        var cut = Text[from..to];
        Remove(from, to);
        return cut;
    }

    private void Remove(int from, int to) => Set(Text.Remove(from, to - from), from);

    private int WordStart(int at)
    {
        while (at > 0 && char.IsWhiteSpace(Text[at - 1])) at--;
        while (at > 0 && !char.IsWhiteSpace(Text[at - 1])) at--;
        return at;
    }

    private int WordEnd(int at)
    {
        while (at < Text.Length && char.IsWhiteSpace(Text[at])) at++;
        while (at < Text.Length && !char.IsWhiteSpace(Text[at])) at++;
        return at;
    }

    /// <summary>A part of the line, from the cursor.</summary>
    internal enum Span
    {
        WordLeft,
        WordRight,
        ToStart,
        ToEnd,
    }
}
