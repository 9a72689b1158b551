using System.Text;

namespace Chat.Daemon.Commands;

/// <summary>Splits a line into words. Accepts any text and never throws.</summary>
internal sealed class WordReader(string line, int at)
{
    private int firstEquals; // its index in the text of the word being read; -1 for none

    public int Position { get; private set; } = at;

    /// <summary>Moves to the start of the next word; false at the end of the line.</summary>
    public bool SkipSpace()
    {
        while (Position < line.Length && char.IsWhiteSpace(line[Position])) Position++;
        return Position < line.Length;
    }

    /// <summary>Reads the word at the position. Call it only after <see cref="SkipSpace"/> returned true.</summary>
    public Word Read()
    {
        var start = Position;
        while (Position < line.Length && IsPlain(line[Position])) Position++;
        if (Position == line.Length || char.IsWhiteSpace(line[Position]))
            return new(line[start..Position], LineSpan.Between(start, Position), IsLiteral: false, IsQuoted: false, IsClosed: true);
        Position = start;
        firstEquals = -1;
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

    /// <summary>Reads the rest of the line verbatim, without trailing white space.</summary>
    public Word ReadRestFrom(int start)
    {
        Position = line.Length;
        var text = line.AsSpan(start).TrimEnd().ToString();
        return new(text, new(start, text.Length), false, false, true);
    }

    /// <summary>Quotes a text where needed, so that it is read as this one word and not as an option.</summary>
    public static string Written(string text)
    {
        var isPlain = text.Length > 0 && !text.StartsWith("--", StringComparison.Ordinal) && text.All(IsPlain);
        return isPlain ? text : $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
    }

    /// <summary>A quote opens only at the start of a word or of an option's value. Elsewhere it is a plain character.</summary>
    private bool MayOpen(int start, StringBuilder text) =>
        Position == start || (line[Position - 1] == '=' && line[start] == '-' && firstEquals == text.Length - 1);

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
        if (firstEquals < 0 && line[Position] == '=') firstEquals = text.Length;
        text.Append(line[Position++]);
    }

    private static bool IsPlain(char c) => !char.IsWhiteSpace(c) && !IsQuote(c) && c != '\\';

    // Phones replace " by “ and ”.
    private static bool IsQuote(char c) => c is '"' or '“' or '”';

    private static bool Closes(char open, char c) => open == '"' ? c == '"' : c is '“' or '”';

    /// <summary>A word of a line, without its quotes and backslashes.</summary>
    /// <param name="IsLiteral">It begins with a quote or a backslash, so it is never an option.</param>
    /// <param name="IsQuoted">Quotes surround all of it.</param>
    /// <param name="IsClosed">False where the line ends inside quotes.</param>
    internal readonly record struct Word(string Text, LineSpan Span, bool IsLiteral, bool IsQuoted, bool IsClosed);
}
