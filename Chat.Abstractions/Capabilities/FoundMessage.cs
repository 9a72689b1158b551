namespace Chat;

/// <summary>A message that was found, as it is now.</summary>
/// <param name="Number">Its <c>seq</c>.</param>
/// <param name="From">The author's name.</param>
/// <param name="Text">Untrusted: it may have line breaks, and characters that change the direction of text.</param>
/// <param name="Room">The name of its room; null in a direct conversation.</param>
/// <param name="With">The name of the other user of its direct conversation; null in a room.</param>
public sealed record FoundMessage(long Number, string From, DateTimeOffset At, string Text, string? Room, string? With);
