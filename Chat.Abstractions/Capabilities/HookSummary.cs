namespace Chat;

/// <summary>The counts of a plugin's filter or event handler since the start of the daemon, over all versions of the plugin.</summary>
/// <param name="Hook">The name of its class.</param>
/// <param name="IsFilter">False for an event handler.</param>
/// <param name="Calls">How its calls ended, by outcome: <c>allowed</c>, <c>handled</c>, <c>failed</c>, <c>missed</c>, and others.</param>
public sealed record HookSummary(string Plugin, string Hook, bool IsFilter, IReadOnlyDictionary<string, long> Calls)
{
    public TimeSpan TotalTime { get; init; }

    /// <summary>Events queued for a handler.</summary>
    public long Waiting { get; init; }
}
