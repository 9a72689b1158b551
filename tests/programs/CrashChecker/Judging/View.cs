namespace CrashChecker.Judging;

/// <summary>A message as the daemon shows it.</summary>
/// <param name="At">The time, as written in the frame.</param>
internal sealed record View(long Seq, string From, string Text, string At);
