namespace Chat.Cli.Terminal;

/// <summary>The texts deleted by Ctrl-W, Ctrl-U, Ctrl-K and Alt-D, for Ctrl-Y and Alt-Y.</summary>
internal sealed class KillRing
{
    private const int Bound = 20;

    private readonly List<string> texts = [];
    private int at;

    /// <summary>Empty if nothing was deleted.</summary>
    public string Current => texts.Count == 0 ? "" : texts[at];

    /// <param name="joins">Whether the text was beside the one deleted by the key before.</param>
    /// <param name="isBefore">Whether it stood in front of that one.</param>
    public void Add(string text, bool joins, bool isBefore)
    {
        if (text.Length == 0) return;
        if (joins && texts.Count > 0) texts[^1] = isBefore ? text + texts[^1] : texts[^1] + text;
        else texts.Add(text);
        if (texts.Count > Bound) texts.RemoveAt(0);
        at = texts.Count - 1;
    }

    /// <summary>The text deleted before <see cref="Current"/>; after the first one, the last.</summary>
    public string Older()
    {
        if (texts.Count > 0) at = (at + texts.Count - 1) % texts.Count;
        return Current;
    }
}
