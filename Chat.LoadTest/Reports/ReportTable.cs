using System.Text;

namespace Chat.LoadTest.Reports;

/// <summary>A table of a report. Names in it come from the user or from the server, and are escaped.</summary>
internal sealed record ReportTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows)
{
    public void AppendMarkdown(StringBuilder page)
    {
        if (Rows.Count == 0) return;
        page.Append("## ").Append(Title).Append("\n\n| ").AppendJoin(" | ", Columns).Append(" |\n|");
        foreach (var _ in Columns) page.Append("---|");
        page.Append('\n');
        foreach (var row in Rows) page.Append("| ").AppendJoin(" | ", row.Select(OneLine.Markdown)).Append(" |\n");
        page.Append('\n');
    }

    public void AppendHtml(StringBuilder page)
    {
        if (Rows.Count == 0) return;
        page.Append("<h2>").Append(OneLine.Html(Title)).Append("</h2>\n<div class=\"wide\"><table>");
        if (Columns.Any(column => column.Length > 0))
            page.Append("<tr>").AppendJoin("", Columns.Select(HeadOf)).Append("</tr>");
        foreach (var row in Rows)
            page.Append("\n<tr>").AppendJoin("", row.Select(CellOf)).Append("</tr>");
        page.Append("</table></div>\n");
    }

    /// <summary>Above numbers it stands to the right, as they do.</summary>
    private string HeadOf(string column, int index) =>
        $"<th{(Rows.All(row => IsNumber(row[index])) ? " class=\"n\"" : "")}>{OneLine.Html(column)}</th>";

    private static string CellOf(string cell) => $"<td{(IsNumber(cell) ? " class=\"n\"" : "")}>{OneLine.Html(cell)}</td>";

    private static bool IsNumber(string cell) =>
        cell == "–" || (cell.Length > 0 && cell.All(c => char.IsAsciiDigit(c) || c is '.' or ','));
}
