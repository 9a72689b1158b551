namespace Chat.Protocol;

/// <summary>One emoji on a message.</summary>
/// <param name="Users">The first who reacted with it, at most <see cref="ProtocolLimits.ReactionUsers"/>.</param>
/// <param name="Mine">Whether the user who asked is among all of them.</param>
public sealed record ReactionEntry(string Emoji, long Count, IReadOnlyList<string> Users, bool? Mine = null);
