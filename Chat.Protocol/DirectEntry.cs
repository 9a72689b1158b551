namespace Chat.Protocol;

/// <summary>
/// A direct conversation: the other user, the last <c>seq</c>, the oldest <c>seq</c> still stored, the last <c>rev</c> and the <c>log</c>.
/// </summary>
/// <param name="Read">The <c>seq</c> up to which the account has read; 0 for guests.</param>
/// <param name="Mentions">How many later messages mention the account.</param>
public sealed record DirectEntry(
    string User, long Seq, long First = 1, long Rev = 0, string Log = "", long Read = 0, long Mentions = 0);
