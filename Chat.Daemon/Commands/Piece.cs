namespace Chat.Daemon.Commands;

/// <summary>A text for a parameter, before its conversion.</summary>
/// <param name="Parameter">The parameter's index.</param>
/// <param name="Span">Null for an argument of a frame.</param>
internal readonly record struct Piece(int Parameter, string Text, LineSpan? Span);
