using System.Globalization;
using System.Text;

namespace Chat.Cli.Terminal;

/// <summary>Wraps a line at words and next to wide characters; breaks a word only if it does not fit into a row.</summary>
internal static class LineWrapper
{
    /// <param name="line">May contain colour sequences, which take no space.</param>
    /// <param name="indent">Spaces before each row except the first.</param>
    /// <param name="width">Width of a row in cells.</param>
    public static IEnumerable<string> Break(string line, int indent, int width)
    {
        indent = Math.Clamp(indent, 0, width / 2);
        var row = new StringBuilder();
        var (cells, gap) = (0, 0);
        foreach (var piece in Words(line).SelectMany(w => IsColour(w) || CellWidth.Of(w) <= width - indent ? [w] : Elements(w)))
        {
            if (IsColour(piece))
            {
                row.Append(piece);
            }
            else if (piece[0] == ' ')
            {
                gap += piece.Length;
            }
            else
            {
                var wanted = CellWidth.Of(piece);
                if (cells > indent && cells + gap + wanted > width)
                {
                    yield return row.ToString();
                    row.Clear().Append(' ', indent);
                    (cells, gap) = (indent, 0);
                }
                row.Append(' ', gap).Append(piece);
                (cells, gap) = (cells + gap + wanted, 0);
            }
        }
        yield return row.ToString();
    }

    public static int Cells(string text) => Elements(text).Sum(e => IsColour(e) ? 0 : CellWidth.Of(e));

    /// <summary>Runs of spaces, runs of narrow characters, single wide characters, and colour sequences.</summary>
    private static IEnumerable<string> Words(string line)
    {
        var word = "";
        foreach (var element in Elements(line))
        {
            if (word.Length > 0 && (KindOf(word) != KindOf(element) || KindOf(element) is Kind.Single))
            {
                yield return word;
                word = "";
            }
            word += element;
        }
        if (word.Length > 0) yield return word;
    }

    private enum Kind
    {
        Blank,
        Narrow,
        Single,
    }

    private static Kind KindOf(string piece) =>
        piece[0] == ' ' ? Kind.Blank
        : IsColour(piece) || CellWidth.Of(piece.AsSpan(0, StringInfo.GetNextTextElementLength(piece))) > 1 ? Kind.Single
        : Kind.Narrow;

    private static bool IsColour(string piece) => piece[0] == '\e';

    /// <summary>Graphemes and colour sequences.</summary>
    private static IEnumerable<string> Elements(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = text[at] == '\e' ? text.IndexOf('m', at) + 1 - at : StringInfo.GetNextTextElementLength(text, at);
            yield return text.Substring(at, Math.Max(1, length));
            at += Math.Max(1, length);
        }
    }
}
