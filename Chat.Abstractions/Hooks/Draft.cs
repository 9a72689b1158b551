namespace Chat;

/// <summary>A text before other users see it: a message, or another text of a user (<see cref="Kind"/>).</summary>
/// <param name="Room">
/// Null in a direct conversation; then <paramref name="Recipient"/> is set. A ban's reason has no room either, and a text for everybody has
/// neither.
/// </param>
/// <param name="Language">The sender's language: <c>pt-BR</c> or <c>en</c>.</param>
/// <param name="Via">The command that posts it for the sender, or null.</param>
public sealed record Draft(User Sender, Room? Room, User? Recipient, string Text, string Language, string? Via = null)
{
    public DraftKind Kind { get; init; }

    /// <summary>The number of the message whose text this one replaces. Null for a new text.</summary>
    public long? Edits { get; init; }
}
