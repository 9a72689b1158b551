namespace Chat.Testing;

/// <summary>A message as a user saw it.</summary>
/// <param name="Room">Null for a direct message.</param>
/// <param name="Via">The command that posted it for the sender, or null.</param>
public sealed record SeenMessage(string From, string Text, string? Room, string? Via);
