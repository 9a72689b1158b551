using System.Globalization;
using System.Text;
using Chat.LoadTest.Reports;

namespace Chat.LoadTest.Comparing;

/// <summary>A comparison as Markdown or HTML.</summary>
internal sealed class ComparisonPage(Comparison comparison, LoadTexts texts)
{
    private ReportTable Table => new(
        texts.TableChanges,
        [texts.ColumnScenario, texts.ColumnMetric, "A", "B", texts.ColumnChange, "95 %", texts.ColumnVerdict],
        [.. comparison.Changes.Select(change => new[]
        {
            change.Scenario ?? "", change.Figure, Number(change.A), Number(change.B), Percent(change.Percent),
            change.Range is { } range ? $"{Percent(range.Low)} … {Percent(range.High)}" : "–",
            Verdict(change),
        })]);

    private string Note => comparison.Pairs > 1 ? texts.ComparedPairs(comparison.Pairs) : texts.ComparedOnePair;

    private IEnumerable<string> Warnings
    {
        get
        {
            if (comparison.Differences.Count > 0) yield return texts.ComparedDifferent(string.Join(", ", comparison.Differences));
            if (comparison.Saturated.Count > 0) yield return texts.ComparedSaturated(string.Join(", ", comparison.Saturated));
            if (comparison.Interrupted.Count > 0) yield return texts.ComparedInterrupted(string.Join(", ", comparison.Interrupted));
        }
    }

    public string ToMarkdown()
    {
        var page = new StringBuilder().Append("# ").Append(texts.CompareTitle).Append("\n\n").Append(Note).Append("\n\n");
        foreach (var warning in Warnings) page.Append(OneLine.Markdown(warning)).Append("\n\n");
        Table.AppendMarkdown(page);
        return page.ToString().TrimEnd() + "\n";
    }

    public string ToHtml()
    {
        var page = new StringBuilder();
        HtmlPage.Begin(page, texts, texts.CompareTitle);
        page.Append("<p>").Append(OneLine.Html(Note)).Append("</p>\n");
        foreach (var warning in Warnings) page.Append("<p class=\"bad\">").Append(OneLine.Html(warning)).Append("</p>\n");
        Table.AppendHtml(page);
        HtmlPage.End(page);
        return page.ToString();
    }

    private string Verdict(Change change)
    {
        if (change.IsBetter) return "✓ " + texts.Better;
        return change.IsWorse ? "✗ " + texts.Worse : texts.WithinNoise;
    }

    private static string Number(double value) => value.ToString(value < 100 ? "0.###" : "#,0", CultureInfo.InvariantCulture);

    private static string Percent(double value) => value.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %";
}
