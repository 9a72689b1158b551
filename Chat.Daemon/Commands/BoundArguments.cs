namespace Chat.Daemon.Commands;

/// <summary>A text that belongs to a parameter, not yet converted.</summary>
/// <param name="Span">Null where it came by name in a frame.</param>
internal readonly record struct Piece(int Parameter, string Text, LineSpan? Span);

/// <summary>What both sources, a line and a frame's <c>args</c>, are brought to.</summary>
/// <param name="End">Where something missing would stand; null for a frame.</param>
internal sealed record BoundArguments(IReadOnlyList<Piece> Pieces, ArgumentError? Error, LineSpan? End)
{
    /// <summary>The parameter that takes the next word; null where none does.</summary>
    public int? Next { get; init; }

    /// <summary>An option's name was the last word: its value must follow.</summary>
    public bool IsValuePending { get; init; }

    /// <summary>Whether a further word may name an option.</summary>
    public bool TakesOptions { get; init; }
}
