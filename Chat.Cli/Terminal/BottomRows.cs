using System.Text;

namespace Chat.Cli.Terminal;

/// <summary>
/// The rows at the bottom, redrawn after everything printed: lines waiting to be sent, and below them the line being edited.
/// Not thread-safe.
/// </summary>
internal sealed class BottomRows
{
    /// <summary>Waiting lines shown; the rest is counted.</summary>
    private const int WaitingShown = 4;

    private int above;
    private bool isDrawn;

    public IReadOnlyList<string> Waiting { get; set; } = [];

    /// <summary>
    /// Erases what was drawn, if anything, and puts the cursor where it began. A terminal that has become narrower may have wrapped the
    /// rows since, or not, as its kind is; then some of them remain, because going up further could erase messages.
    /// </summary>
    public string Erase()
    {
        if (!isDrawn) return "";
        isDrawn = false;
        return (above > 0 ? $"\e[{above}A" : "") + "\r\e[J";
    }

    /// <summary>Call <see cref="Erase"/> first.</summary>
    /// <param name="hint">Shown dimmed behind the text, as far as it fits.</param>
    public string Draw(string prompt, string text, int at, int width, string hint = "")
    {
        (isDrawn, above) = (true, 0);
        var drawn = new StringBuilder();
        var more = Waiting.Count - WaitingShown + 1;
        foreach (var waiting in more > 1 ? [.. Waiting.Take(WaitingShown - 1), $"… +{more}"] : Waiting)
        {
            var (cut, _) = PromptView.Render("", waiting, 0, width);
            above++;
            drawn.Append(cut).Append("\r\n");
        }
        var (row, cursor) = PromptView.Render(prompt, text, at, width);
        var (shownHint, _) = hint.Length == 0 ? ("", 0) : PromptView.Render("", hint, 0, Math.Max(1, width - CellWidth.Of(row)));
        return drawn + row + (shownHint.Length > 0 ? $"\e[2m{shownHint}\e[0m" : "") + "\r" + (cursor > 0 ? $"\e[{cursor}C" : "");
    }
}
