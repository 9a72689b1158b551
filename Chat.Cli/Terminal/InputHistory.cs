namespace Chat.Cli.Terminal;

/// <summary>The lines entered in this run, the newest last, and the place where the user leafs in them.</summary>
internal sealed class InputHistory
{
    /// <summary>Lines kept.</summary>
    private const int Bound = 500;

    private readonly List<string> lines = [];
    private int at;
    private string draft = "";

    public void Add(string line)
    {
        if (line.Length > 0 && (lines.Count == 0 || lines[^1] != line)) lines.Add(line);
        if (lines.Count > Bound) lines.RemoveAt(0);
        at = lines.Count;
    }

    /// <summary>The line before; null where there is none.</summary>
    /// <param name="present">What is being written, to come back to.</param>
    public string? Older(string present)
    {
        if (at == 0) return null;
        if (at == lines.Count) draft = present;
        return lines[--at];
    }

    /// <summary>The line after, at last what was being written; null where the user is there.</summary>
    public string? Newer()
    {
        if (at == lines.Count) return null;
        return ++at == lines.Count ? draft : lines[at];
    }
}
