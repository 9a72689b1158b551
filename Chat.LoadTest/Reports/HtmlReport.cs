using System.Text;

namespace Chat.LoadTest.Reports;

/// <summary>The report as one HTML file that loads nothing.</summary>
internal static class HtmlReport
{
    public static string Of(Report report, LoadTexts texts)
    {
        var (tables, plots) = (new ReportTables(texts, report), new ReportPlots(texts, report));
        var page = new StringBuilder();
        HtmlPage.Begin(page, texts, texts.ReportTitle);
        page.Append("<p class=\"verdict ").Append(report.IsGood ? "good" : "bad").Append("\">")
            .Append(OneLine.Html(tables.Headline())).Append("</p>\n");
        AppendProblems(page, tables.Problems());
        tables.Verdicts().AppendHtml(page);
        tables.Steps().AppendHtml(page);
        AppendPlots(page, plots.OfCapacity());
        tables.Latencies().AppendHtml(page);
        foreach (var scenario in report.Scenarios)
        {
            page.Append("<h2>").Append(OneLine.Html(scenario.Name)).Append("</h2>\n");
            AppendPlots(page, plots.OfScenario(scenario));
        }
        page.Append("<h2>").Append(OneLine.Html(texts.TableUsage)).Append("</h2>\n");
        AppendPlots(page, plots.OfUsage());
        if (report.Saturated.Count > 0)
            page.Append("<p class=\"note\">").Append(OneLine.Html(texts.NoteSaturated)).Append("</p>\n");
        tables.Scenarios().AppendHtml(page);
        tables.Run().AppendHtml(page);
        HtmlPage.End(page);
        return page.ToString();
    }

    private static void AppendProblems(StringBuilder page, IReadOnlyList<string> problems)
    {
        if (problems.Count == 0) return;
        page.Append("<ul>").AppendJoin("", problems.Select(problem => $"<li>{OneLine.Html(problem)}</li>")).Append("</ul>\n");
    }

    private static void AppendPlots(StringBuilder page, IEnumerable<string> plots) =>
        page.Append("<div class=\"plots\">").AppendJoin("\n", plots.Select(plot => $"<figure>{plot}</figure>")).Append("</div>\n");
}
