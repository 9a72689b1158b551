namespace Chat;

/// <summary>A page of messages that were found.</summary>
/// <param name="Messages">The newest first.</param>
/// <param name="Before">Leads to the next page; null if there is none.</param>
public sealed record FoundMessages(IReadOnlyList<FoundMessage> Messages, string? Before);
