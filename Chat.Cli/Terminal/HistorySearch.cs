namespace Chat.Cli.Terminal;

/// <summary>Ctrl-R: finds earlier lines by a part of them, while the user types it.</summary>
/// <param name="before">The text of the line when the search began.</param>
internal sealed class HistorySearch(InputHistory history, string before)
{
    private int at = int.MaxValue;

    public string Query { get; private set; } = "";

    /// <summary>The line found last.</summary>
    public string Found { get; private set; } = before;

    public string Before { get; } = before;

    public void Type(string text)
    {
        Query += text;
        Look(at == int.MaxValue ? at : at + 1); // the line found may still match
    }

    public void Backspace()
    {
        if (Query.Length > 0) Query = Query[..Graphemes.Previous(Query, Query.Length)];
        at = int.MaxValue;
        Look(at);
    }

    /// <summary>An earlier line with the same part.</summary>
    public void Older() => Look(at);

    private void Look(int below)
    {
        if (Query.Length > 0 && history.Find(Query, below) is var (index, line)) (at, Found) = (index, line);
    }
}
