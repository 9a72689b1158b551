namespace Chat.Daemon.Commands;

/// <summary>The arguments of a line or of a frame's <c>args</c>, by parameter.</summary>
/// <param name="End">The place of a missing argument; null for a frame.</param>
internal sealed record BoundArguments(IReadOnlyList<BoundArguments.Piece> Pieces, ArgumentError? Error, LineSpan? End)
{
    /// <summary>The index of the parameter that takes the next word; null where none does.</summary>
    public int? Next { get; init; }

    /// <summary>The last word names an option, so its value must follow.</summary>
    public bool IsValuePending { get; init; }

    /// <summary>Whether a further word may name an option.</summary>
    public bool TakesOptions { get; init; }

    /// <summary>A text for a parameter, before its conversion.</summary>
    /// <param name="Parameter">The parameter's index.</param>
    /// <param name="Span">Null for an argument of a frame.</param>
    internal readonly record struct Piece(int Parameter, string Text, LineSpan? Span);
}
