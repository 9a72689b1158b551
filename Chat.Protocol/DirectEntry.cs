namespace Chat.Protocol;

/// <summary>A direct conversation: the other user, and the last <c>seq</c>.</summary>
public sealed record DirectEntry(string User, long Seq);
