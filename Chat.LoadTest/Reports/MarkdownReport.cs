using System.Text;

namespace Chat.LoadTest.Reports;

/// <summary>The report as Markdown, for issues and wikis.</summary>
internal static class MarkdownReport
{
    public static string Of(Report report, LoadTexts texts)
    {
        var tables = new ReportTables(texts, report);
        var page = new StringBuilder().Append("# ").Append(texts.ReportTitle).Append("\n\n");
        page.Append(OneLine.Markdown(tables.Headline())).Append("\n\n");
        foreach (var problem in tables.Problems()) page.Append("- ").Append(OneLine.Markdown(problem)).Append('\n');
        if (tables.Problems().Count > 0) page.Append('\n');
        foreach (var table in (ReportTable[])[tables.Verdicts(), tables.Steps(), tables.Latencies(), tables.Scenarios(), tables.Run()])
            table.AppendMarkdown(page);
        return page.ToString().TrimEnd() + "\n";
    }
}
