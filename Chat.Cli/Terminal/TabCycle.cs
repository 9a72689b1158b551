namespace Chat.Cli.Terminal;

/// <summary>Tab pressed again takes the next candidate, Shift-Tab the one before.</summary>
internal sealed class TabCycle
{
    private Completion? offered;
    private int at, length;
    private string text = "";

    /// <summary>Remembers the candidates, which the user has seen.</summary>
    public void Offer(Completion completion, LineBuffer buffer)
    {
        (offered, at, text) = (completion.Choices.Count > 0 ? completion : null, -1, buffer.Text);
        length = completion.Text?.Length ?? completion.Length;
    }

    /// <summary>False if the line is not the one that the candidates were offered for: then ask for new ones.</summary>
    public bool TryNext(LineBuffer buffer, bool isBack)
    {
        if (offered is not { } candidates || buffer.Text != text) return false;
        var count = candidates.Choices.Count;
        at = isBack ? (at <= 0 ? count - 1 : at - 1) : (at + 1) % count;
        var inserted = (candidates.Inserted ?? candidates.Choices)[at];
        buffer.Replace(candidates.From, length, inserted);
        (length, text) = (inserted.Length, buffer.Text);
        return true;
    }
}
