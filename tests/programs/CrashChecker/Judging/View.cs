namespace CrashChecker.Judging;

/// <summary>A message as the daemon shows it.</summary>
/// <param name="At">The time, as written in the frame.</param>
/// <param name="Erased">The number is all that is left of it.</param>
/// <param name="Rev">The last change to it; 0 if there was none.</param>
/// <param name="Reactions">Each emoji with its count, as <see cref="ReactionsOf"/> writes them.</param>
internal sealed record View(
    long Seq, string From, string Text, string At, bool Erased = false, long Rev = 0, string Reactions = "")
{
    public static string ReactionsOf(IEnumerable<(string Emoji, int Count)> reactions) =>
        string.Join(' ', reactions.Select(reaction => $"{reaction.Emoji}×{reaction.Count}").Order(StringComparer.Ordinal));
}
