namespace Chat.Protocol;

public sealed record CompletionEntry(string Text, string? Summary = null);
