namespace Chat.LoadTest.Reports;

/// <summary>Where the names of a plot's lines go: beside its title if there is room, else in rows below it.</summary>
internal sealed class SvgLegend
{
    /// <summary>A guess that suits all common fonts; the page decides which one it is.</summary>
    private const double Letter = 7.4, Gap = 14, Row = 16, TitleY = 18;

    private readonly List<(int Line, double X, double Y)> places = [];

    public SvgLegend(string title, IReadOnlyList<string> names, double left, double right)
    {
        var width = names.Sum(name => (name.Length * Letter) + Gap) - Gap;
        var isBeside = left + (title.Length * Letter) + Gap + width <= right;
        var (x, y) = isBeside ? (right - width, TitleY) : (left, TitleY + Row);
        for (var i = 0; i < names.Count; i++)
        {
            var own = names[i].Length * Letter;
            if (!isBeside && x > left && x + own > right) (x, y) = (left, y + Row);
            places.Add((i, x, y));
            x += own + Gap;
        }
        Height = y - TitleY;
    }

    /// <summary>By how much the plot moves down.</summary>
    public double Height { get; }

    /// <summary>The line, and the left end of its name.</summary>
    public IReadOnlyList<(int Line, double X, double Y)> Places => places;
}
