namespace Chat.Daemon.Commands;

/// <summary>A word of a line, without its quotes and backslashes.</summary>
/// <param name="IsLiteral">It begins with a quote or a backslash, so it is never an option.</param>
/// <param name="IsQuoted">Quotes surround all of it.</param>
/// <param name="IsClosed">False where the line ends inside quotes.</param>
internal readonly record struct Word(string Text, LineSpan Span, bool IsLiteral, bool IsQuoted, bool IsClosed);
