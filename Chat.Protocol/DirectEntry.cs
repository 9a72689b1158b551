namespace Chat.Protocol;

/// <summary>A direct conversation: the other user, the last <c>seq</c>, and the oldest <c>seq</c> still stored.</summary>
public sealed record DirectEntry(string User, long Seq, long First = 1);
