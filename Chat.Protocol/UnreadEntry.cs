namespace Chat.Protocol;

/// <summary>A room on an account's list. Unread are <c>seq</c> − max(<c>read</c>, <c>first</c> − 1) messages.</summary>
/// <param name="Seq">The last number in the room.</param>
/// <param name="First">The oldest number still stored.</param>
/// <param name="Read">The <c>seq</c> up to which the account has read.</param>
/// <param name="Mentions">How many later messages mention the account.</param>
public sealed record UnreadEntry(string Room, long Seq, long First, long Read, long Mentions = 0);
