namespace Chat.Generators.Reading;

/// <param name="IsLiteral">Whether it can't be an option.</param>
/// <param name="IsQuoted">Whether all of it is quoted.</param>
internal readonly record struct Word(string Text, bool IsLiteral, bool IsQuoted, bool IsClosed);
