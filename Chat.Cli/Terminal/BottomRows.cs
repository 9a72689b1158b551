using System.Text;

namespace Chat.Cli.Terminal;

/// <summary>The rows at the bottom, drawn again after whatever is printed: what waits to be sent, and under it the line being written. Not thread-safe.</summary>
internal sealed class BottomRows
{
    /// <summary>Rows of what waits; of more only the number is shown.</summary>
    private const int WaitingShown = 4;

    private readonly List<int> above = [];
    private int cursor;

    public IReadOnlyList<string> Waiting { get; set; } = [];

    /// <summary>Takes all that was drawn off the screen and leaves the cursor where it began. A terminal made narrower meanwhile has broken the rows.</summary>
    public string Erase(int width)
    {
        var up = above.Sum(cells => Math.Max(1, (cells + width - 1) / width)) + cursor / width;
        above.Clear();
        cursor = 0;
        return (up > 0 ? $"\e[{up}A" : "") + "\r\e[J";
    }

    /// <summary>After <see cref="Erase"/>.</summary>
    public string Draw(string prompt, string text, int at, int width)
    {
        var drawn = new StringBuilder();
        foreach (var waiting in Waiting.Count > WaitingShown ? [.. Waiting.Take(WaitingShown - 1), $"… +{Waiting.Count - WaitingShown + 1}"] : Waiting)
        {
            var (cut, _) = PromptView.Render("", waiting, 0, width);
            above.Add(CellWidth.Of(cut));
            drawn.Append(cut).Append("\r\n");
        }
        (var row, cursor) = PromptView.Render(prompt, text, at, width);
        return drawn + row + "\r" + (cursor > 0 ? $"\e[{cursor}C" : "");
    }
}
