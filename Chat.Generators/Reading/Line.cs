using System.Text;

namespace Chat.Generators.Reading;

/// <summary>
/// Splits a line into words by the daemon's rules: double quotes at the start of a word; a backslash escapes the next character.
/// </summary>
internal sealed class Line(string text, int at)
{
    public int Position { get; private set; } = at;

    /// <summary>False at the end of the line.</summary>
    public bool SkipSpace()
    {
        while (Position < text.Length && char.IsWhiteSpace(text[Position])) Position++;
        return Position < text.Length;
    }

    public Word Read()
    {
        var start = Position;
        var word = new StringBuilder();
        var (quoteEnd, isClosed) = (-1, true);
        while (Position < text.Length && !char.IsWhiteSpace(text[Position]))
        {
            if (IsQuote(text[Position]) && MayOpen(start, word)) (isClosed, quoteEnd) = (ReadQuoted(word), Position);
            else ReadOne(word);
        }
        return new(
            word.ToString(), IsQuote(text[start])
                || text[start] == '\\', IsQuote(text[start]) && quoteEnd == Position && isClosed, isClosed);
    }

    /// <summary>As typed, without white space at the end.</summary>
    public string ReadRestFrom(int start)
    {
        Position = text.Length;
        return text.Substring(start).TrimEnd();
    }

    private bool MayOpen(int start, StringBuilder word) =>
        Position == start || (text[Position - 1] == '=' && text[start] == '-' && word.ToString().IndexOf('=') == word.Length - 1);

    private bool ReadQuoted(StringBuilder word)
    {
        var open = text[Position++];
        while (Position < text.Length)
        {
            if (open == '"' ? text[Position] == '"' : text[Position] is '“' or '”')
            {
                Position++;
                return true;
            }
            ReadOne(word);
        }
        return false;
    }

    private void ReadOne(StringBuilder word)
    {
        if (text[Position] == '\\' && Position + 1 < text.Length) Position++;
        word.Append(text[Position++]);
    }

    private static bool IsQuote(char c) => c is '"' or '“' or '”';
}
