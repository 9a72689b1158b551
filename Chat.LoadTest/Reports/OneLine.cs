using System.Net;
using System.Text;
using Chat.Protocol;

namespace Chat.LoadTest.Reports;

/// <summary>A text that may come from the user or from the server, on its way into a line of a report, which it cannot leave.</summary>
internal static class OneLine
{
    public static string Of(string text) => TextRules.Harmless(text).Replace('\n', ' ').Replace('\t', ' ');

    public static string Html(string text) => WebUtility.HtmlEncode(Of(text));

    /// <summary>Nothing in it may end a cell, or begin HTML, a link or code.</summary>
    public static string Markdown(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in Of(text))
        {
            if (c is '|' or '<' or '>' or '[' or ']' or '`' or '*' or '_' or '\\' or '&' or '#') escaped.Append('\\');
            escaped.Append(c);
        }
        return escaped.ToString();
    }
}
