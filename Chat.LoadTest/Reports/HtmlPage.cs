using System.Globalization;
using System.Text;

namespace Chat.LoadTest.Reports;

/// <summary>Head and foot of a page. Its policy forbids to load or run anything.</summary>
internal static class HtmlPage
{
    /// <summary>As many as a plot has lines at most.</summary>
    private const int Colours = 9;

    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c2127; --soft: #5d6773; --line: #dde2e8; --paper: #fff; --card: #f7f8fa; --busy: #f3d9a4;
          --c0: #2563b8; --c1: #c2571a; --c2: #8a3ea8; --c3: #1c7f54; --c4: #a8326a; --c5: #6b6f1e;
          --c6: #0f7c8a; --c7: #5b53c9; --c8: #8a5a2b;
          --good: #17663f; --bad: #a4232b; }
        @media (prefers-color-scheme: dark) { :root {
          --ink: #e4e8ed; --soft: #9aa5b1; --line: #343c46; --paper: #14181d; --card: #1b2027; --busy: #55431c;
          --c0: #74aef5; --c1: #f09a5e; --c2: #cf8fec; --c3: #62c796; --c4: #ee8fb8; --c5: #c5c968;
          --c6: #5cc7d4; --c7: #a7a1f2; --c8: #d3a679;
          --good: #6fd3a0; --bad: #f08a8f; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 24px 20px 48px; max-width: 1280px; background: var(--paper); color: var(--ink);
          font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        h1 { font-size: 24px; margin: 0 0 8px; } h2 { font-size: 17px; margin: 28px 0 8px; }
        .verdict { font-size: 17px; font-weight: 600; border-left: 4px solid; padding: 6px 12px; background: var(--card); }
        .verdict { overflow-wrap: anywhere; }
        .good { color: var(--good); } .bad { color: var(--bad); } .note { color: var(--soft); }
        .wide { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: 4px 14px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        th { color: var(--soft); font-weight: 600; } td { overflow-wrap: anywhere; } .n { text-align: right; white-space: nowrap; }
        .plots { margin-top: 14px; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 520px), 1fr)); gap: 14px; }
        figure { margin: 0; padding: 8px; background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
        svg { width: 100%; height: auto; display: block; font: 12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        .title { font-weight: 600; font-size: 13px; fill: var(--ink); } .tick { fill: var(--soft); font-size: 11px; }
        .grid { stroke: var(--line); } .busy { fill: var(--busy); opacity: .55; } .legend { font-weight: 600; font-size: 12px; }
        polyline { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
        """;

    public static void Begin(StringBuilder page, LoadTexts texts, string title)
    {
        page.Append("<!doctype html>\n<html lang=\"").Append(texts.LanguageCode).Append("\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append("<title>").Append(OneLine.Html(title)).Append("</title>\n<style>\n").Append(Style).Append('\n');
        for (var i = 0; i < Colours; i++)
        {
            page.Append(CultureInfo.InvariantCulture, $"polyline.c{i} {{ stroke: var(--c{i}); }} ")
                .Append(CultureInfo.InvariantCulture, $"circle.c{i}, .t{i} {{ fill: var(--c{i}); }}\n");
        }
        page.Append("</style>\n</head>\n<body>\n<h1>").Append(OneLine.Html(title)).Append("</h1>\n");
    }

    public static void End(StringBuilder page) => page.Append("</body>\n</html>\n");
}
