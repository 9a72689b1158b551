using System.Globalization;
using System.Text;

namespace Chat.LoadTest.Reports;

/// <summary>A line plot as SVG. It takes its colours and its font from the page, so that it follows a dark theme.</summary>
/// <param name="logarithmic">Each power of ten of the y axis takes the same height.</param>
internal sealed class SvgPlot(string title, string xLabel, string yLabel, bool logarithmic = false)
{
    private const double Width = 620, Inner = 192, Left = 62, Right = 16, Head = 34, Bottom = 44;
    private const string Middle = "text-anchor=\"middle\"", End = "text-anchor=\"end\"";
    private const int MostTicks = 6;

    private readonly List<(string Name, IReadOnlyList<(double X, double Y)> Points)> lines = [];
    private readonly List<(double From, double To)> marked = [];
    private readonly List<(double At, string Label)> xTicks = [];

    public bool IsEmpty => lines.All(line => line.Points.Count == 0);

    public SvgPlot Line(string name, IEnumerable<(double X, double Y)> points)
    {
        lines.Add((name, [.. points]));
        return this;
    }

    /// <summary>Shades a part of the x axis.</summary>
    public SvgPlot Mark(double from, double to)
    {
        marked.Add((from, to));
        return this;
    }

    /// <summary>Own labels instead of round numbers on the x axis.</summary>
    public SvgPlot XTicks(IEnumerable<(double At, string Label)> ticks)
    {
        xTicks.AddRange(ticks);
        return this;
    }

    public string Draw()
    {
        var all = lines.SelectMany(line => line.Points).ToList();
        var (minX, maxX) = (all.Min(p => p.X), all.Max(p => p.X));
        if (maxX <= minX) maxX = minX + 1;
        var yTicks = logarithmic ? Powers(all.Where(p => p.Y > 0).Select(p => p.Y)) : Steps(all.Max(p => p.Y));
        double Height01(double y) => logarithmic
            ? Math.Log10(Math.Max(y, yTicks[0]) / yTicks[0]) / Math.Log10(yTicks[^1] / yTicks[0])
            : Math.Max(0, y) / yTicks[^1];
        var named = lines.Index().Where(line => line.Item.Points.Count > 0).ToList();
        var legend = new SvgLegend(title, [.. named.Select(line => line.Item.Name)], Left, Width - Right);
        var top = Head + legend.Height;
        var height = top + Inner + Bottom;
        double X(double x) => Left + ((x - minX) / (maxX - minX) * (Width - Left - Right));
        double Y(double y) => height - Bottom - (Height01(y) * Inner);
        var svg = new StringBuilder();
        Append(svg, $"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{Escape(title)}\">");
        Append(svg, $"<text class=\"title\" x=\"{Left}\" y=\"18\">{Escape(title)}</text>");
        foreach (var (from, to) in marked.Where(mark => mark.To >= minX && mark.From <= maxX))
        {
            var begin = X(Math.Max(minX, from));
            var wide = Math.Max(1, X(Math.Min(maxX, to)) - begin);
            Append(svg, $"<rect class=\"busy\" x=\"{begin:0.#}\" y=\"{top}\" width=\"{wide:0.#}\" height=\"{Inner}\"/>");
        }
        foreach (var y in yTicks)
        {
            Append(svg, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(y):0.#}\" y2=\"{Y(y):0.#}\"/>");
            Append(svg, $"<text class=\"tick\" text-anchor=\"end\" x=\"{Left - 6}\" y=\"{Y(y) + 4:0.#}\">{Short(y)}</text>");
        }
        foreach (var (at, label) in Ticks(minX, maxX))
        {
            var anchor = at < maxX ? Middle : End; // the last one must not leave the picture
            Append(svg, $"<text class=\"tick\" {anchor} x=\"{X(at):0.#}\" y=\"{height - Bottom + 16}\">{Escape(label)}</text>");
        }
        Append(svg, $"<text class=\"tick\" {Middle} x=\"{(Width + Left - Right) / 2}\" y=\"{height - 6}\">{Escape(xLabel)}</text>");
        var middle = top + (Inner / 2);
        Append(svg, $"<text class=\"tick\" {Middle} transform=\"translate(12 {middle}) rotate(-90)\">{Escape(yLabel)}</text>");
        DrawLines(svg, X, Y);
        foreach (var (line, x, y) in legend.Places)
            Append(svg, $"<text class=\"legend t{named[line].Index}\" x=\"{x:0.#}\" y=\"{y}\">{Escape(named[line].Item.Name)}</text>");
        return svg.Append("</svg>").ToString();
    }

    private void DrawLines(StringBuilder svg, Func<double, double> x, Func<double, double> y)
    {
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            var points = lines[i].Points;
            if (points.Count == 0) continue;
            var path = string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{x(p.X):0.#},{y(p.Y):0.#}")));
            Append(svg, points.Count == 1
                ? $"<circle class=\"c{i}\" cx=\"{x(points[0].X):0.#}\" cy=\"{y(points[0].Y):0.#}\" r=\"3\"/>"
                : (FormattableString)$"<polyline class=\"c{i}\" points=\"{path}\"/>");
        }
    }

    private IEnumerable<(double At, string Label)> Ticks(double min, double max)
    {
        if (xTicks.Count > 0) return xTicks.Where(tick => tick.At >= min && tick.At <= max);
        var step = StepOf(max - min);
        var first = Math.Ceiling(min / step);
        return Enumerable.Range(0, MostTicks + 2).Select(i => (first + i) * step).Where(at => at <= max).Select(at => (at, Short(at)));
    }

    private static double[] Steps(double max)
    {
        var step = StepOf(max);
        return [.. Enumerable.Range(0, (int)Math.Max(1, Math.Ceiling(max / step)) + 1).Select(i => i * step)];
    }

    private static double[] Powers(IEnumerable<double> values)
    {
        var all = values.DefaultIfEmpty(1).ToList();
        var (low, high) = (all.Min(), all.Max());
        var first = (int)Math.Floor(Math.Log10(low));
        var count = Math.Max(1, (int)Math.Ceiling(Math.Log10(high)) - first) + 1;
        return [.. Enumerable.Range(first, count).Select(power => Math.Pow(10, power))];
    }

    /// <summary>1, 2 or 5 times a power of ten, so that at most <see cref="MostTicks"/> steps make the range.</summary>
    private static double StepOf(double range)
    {
        if (range <= 0) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(range / MostTicks)));
        foreach (var factor in (double[])[1, 2, 5])
            if (range / (factor * power) <= MostTicks) return factor * power;
        return 10 * power;
    }

    private static string Short(double value) => value switch
    {
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M",
        >= 1e4 => (value / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + "k",
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };

    private static void Append(StringBuilder svg, FormattableString part) =>
        svg.Append(part.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Escape(string text) => OneLine.Html(text);
}
