namespace Chat;

/// <summary>A change of the version of a plugin that runs.</summary>
/// <param name="Outcome">
/// <c>started</c>, <c>replaced</c>, <c>removed</c>, or <c>refused</c>: then the version before keeps running.
/// </param>
/// <param name="Before">The version that ran; null if none did.</param>
/// <param name="After">The version that was started; null if it was removed.</param>
public sealed record PluginSwapSummary(DateTimeOffset At, string Plugin, string Outcome, string? Before, string? After)
{
    /// <summary>From the order to its effect; zero for a removal.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Why it was refused; null otherwise.</summary>
    public string? Reason { get; init; }
}
