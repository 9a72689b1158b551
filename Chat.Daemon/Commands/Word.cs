namespace Chat.Daemon.Commands;

/// <summary>A stretch of a line, in UTF-16 units.</summary>
internal readonly record struct LineSpan(int Start, int Length)
{
    public int End => Start + Length;

    public static LineSpan Between(int start, int end) => new(start, end - start);
}

/// <summary>A word of a line, without its quotes and backslashes.</summary>
/// <param name="IsLiteral">It began with a quote or a backslash, and so is never an option.</param>
/// <param name="IsQuoted">Quotes surround the whole of it.</param>
/// <param name="IsClosed">False where the line ended inside of quotes.</param>
internal readonly record struct Word(string Text, LineSpan Span, bool IsLiteral, bool IsQuoted, bool IsClosed);
