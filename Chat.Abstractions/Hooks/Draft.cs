namespace Chat;

/// <summary>A message before anybody sees it.</summary>
/// <param name="Room">Null in a direct conversation; then <paramref name="Recipient"/> is set.</param>
/// <param name="Language">The sender's language: <c>pt-BR</c> or <c>en</c>.</param>
/// <param name="Via">The command that posts it for the sender, or null.</param>
public sealed record Draft(User Sender, Room? Room, User? Recipient, string Text, string Language, string? Via = null);
