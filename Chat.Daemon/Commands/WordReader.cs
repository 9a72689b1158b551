using System.Text;

namespace Chat.Daemon.Commands;

/// <summary>Cuts a line into words. Any text is a line; nothing throws.</summary>
internal sealed class WordReader(string line, int at)
{
    public int Position { get; private set; } = at;

    /// <summary>Stands at the next word's beginning, or at the end; false there.</summary>
    public bool SkipSpace()
    {
        while (Position < line.Length && char.IsWhiteSpace(line[Position])) Position++;
        return Position < line.Length;
    }

    /// <summary>The word that begins here; call it only where <see cref="SkipSpace"/> gave true.</summary>
    public Word Read()
    {
        var start = Position;
        while (Position < line.Length && IsPlain(line[Position])) Position++;
        if (Position == line.Length || char.IsWhiteSpace(line[Position])) return new(line.Substring(start, Position - start), LineSpan.Between(start, Position), false, false, true);
        Position = start;
        var text = new StringBuilder();
        var quoteEnd = -1;
        var isClosed = true;
        while (Position < line.Length && !char.IsWhiteSpace(line[Position]))
        {
            if (IsQuote(line[Position]) && MayOpen(start, text))
            {
                isClosed = ReadQuoted(text);
                quoteEnd = Position;
            }
            else
            {
                ReadOne(text);
            }
        }
        var isLiteral = IsQuote(line[start]) || line[start] == '\\';
        var isQuoted = IsQuote(line[start]) && quoteEnd == Position && isClosed;
        return new(text.ToString(), LineSpan.Between(start, Position), isLiteral, isQuoted, isClosed);
    }

    /// <summary>All from there to the end, verbatim but for white space at its end.</summary>
    public Word ReadRestFrom(int start)
    {
        Position = line.Length;
        var text = line.AsSpan(start).TrimEnd().ToString();
        return new(text, new(start, text.Length), false, false, true);
    }

    /// <summary>As a line must have it so that one word is read which is just this text, and no option.</summary>
    public static string Written(string text)
    {
        var isPlain = text.Length > 0 && !text.StartsWith("--", StringComparison.Ordinal) && text.All(IsPlain);
        return isPlain ? text : $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
    }

    /// <summary>Elsewhere than at a word's or an option value's beginning a quote is a letter like any other.</summary>
    private bool MayOpen(int start, StringBuilder text) =>
        Position == start || (line[Position - 1] == '=' && line[start] == '-' && text.ToString().IndexOf('=') == text.Length - 1);

    private bool ReadQuoted(StringBuilder text)
    {
        var open = line[Position++];
        while (Position < line.Length)
        {
            if (Closes(open, line[Position]))
            {
                Position++;
                return true;
            }
            ReadOne(text);
        }
        return false;
    }

    private void ReadOne(StringBuilder text)
    {
        if (line[Position] == '\\' && Position + 1 < line.Length) Position++;
        text.Append(line[Position++]);
    }

    private static bool IsPlain(char c) => !char.IsWhiteSpace(c) && !IsQuote(c) && c != '\\';

    // Telephones write “ ” where " was typed.
    private static bool IsQuote(char c) => c is '"' or '“' or '”';

    private static bool Closes(char open, char c) => open == '"' ? c == '"' : c is '“' or '”';
}
