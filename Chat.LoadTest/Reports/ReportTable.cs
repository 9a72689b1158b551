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
        var isNumeric = Columns.Select((_, index) => Rows.All(row => IsNumber(row[index]))).ToArray();
        if (Columns.Any(column => column.Length > 0))
            page.Append("<tr>").AppendJoin("", Columns.Select((name, index) => CellOf("th", name, isNumeric[index]))).Append("</tr>");
        foreach (var row in Rows)
            page.Append("\n<tr>").AppendJoin("", row.Select((cell, index) => CellOf("td", cell, isNumeric[index]))).Append("</tr>");
        page.Append("</table></div>\n");
    }

    /// <summary>A column of nothing but numbers stands to the right, with its head.</summary>
    private static string CellOf(string element, string cell, bool isNumeric) =>
        $"<{element}{(isNumeric ? " class=\"n\"" : "")}>{OneLine.Html(cell)}</{element}>";

    private static bool IsNumber(string cell) =>
        cell == "–" || (cell.Length > 0 && cell.All(c => char.IsAsciiDigit(c) || c is '.' or ','));
}
