namespace Chat.Cli.Terminal;

/// <summary>The lines entered in this run, and the position while browsing them.</summary>
internal sealed class InputHistory
{
    /// <summary>Lines kept, in number.</summary>
    private const int Bound = 500;

    private readonly List<string> lines = [];
    private int at;
    private string draft = "";

    public void Add(string line)
    {
        if (line.Length > 0 && (lines.Count == 0 || lines[^1] != line)) lines.Add(line);
        if (lines.Count > Bound) lines.RemoveAt(0);
        Leave();
    }

    /// <summary>Ends browsing.</summary>
    public void Leave() => at = lines.Count;

    /// <summary>The line before; null at the oldest.</summary>
    /// <param name="present">The text being edited, to return to.</param>
    public string? Older(string present)
    {
        if (at == 0) return null;
        if (at == lines.Count) draft = present;
        return lines[--at];
    }

    /// <summary>The newest line that contains the text, regardless of case; null if there is none.</summary>
    /// <param name="below">Only lines before this index.</param>
    public (int Index, string Line)? Find(string text, int below)
    {
        for (var i = Math.Min(below, lines.Count) - 1; i >= 0; i--)
            if (lines[i].Contains(text, StringComparison.OrdinalIgnoreCase)) return (i, lines[i]);
        return null;
    }

    /// <summary>The line after, and finally the text being edited; null at its end.</summary>
    public string? Newer()
    {
        if (at == lines.Count) return null;
        return ++at == lines.Count ? draft : lines[at];
    }
}
