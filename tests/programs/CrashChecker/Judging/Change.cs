namespace CrashChecker.Judging;

internal enum ChangeKind
{
    Edit,
    Delete,
    React,
    Unreact,
}

/// <summary>What a change does to a message.</summary>
/// <param name="Content">The new text, or the emoji; empty for a deletion.</param>
internal sealed record Change(ChangeKind Kind, long Seq, string Content);
