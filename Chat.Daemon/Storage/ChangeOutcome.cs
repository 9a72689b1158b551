namespace Chat.Daemon.Storage;

/// <summary>What became of a change. It is decided where numbers are given, so that it holds for everything appended before.</summary>
/// <param name="Rev">Its number; null if it was refused, or if there was nothing to do.</param>
/// <param name="Refusal">A code of <see cref="Protocol.RefusalCode"/>.</param>
internal readonly record struct ChangeOutcome(long? Rev, string? Refusal)
{
    public static ChangeOutcome NothingToDo => default;

    public static ChangeOutcome Applied(long rev) => new(rev, null);

    public static ChangeOutcome Refused(string code) => new(null, code);
}
