namespace Chat.Daemon.Hooks;

/// <summary>What all filters together decide about a draft.</summary>
internal abstract record FilterOutcome
{
    private FilterOutcome()
    {
    }

    /// <param name="Text">Perhaps replaced.</param>
    public sealed record Passed(string Text) : FilterOutcome;

    public sealed record Dropped : FilterOutcome;

    public sealed record Refused(Refusal Refusal) : FilterOutcome;
}
