namespace Chat.Daemon.Plugins.Discovery;

/// <summary>The intervals and time limits of a plugin's life.</summary>
internal sealed record PluginTimings
{
    /// <summary>Between two scans of the drop folders when no file event arrives.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Files that have not changed for this long have settled.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(750);

    /// <summary>For the rest of a plugin that has settled but looks incomplete: a copy may pause.</summary>
    public TimeSpan Incomplete { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For a plugin to start.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For running invocations to end on their own once their generation is replaced.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For cancelled invocations to end, and again for the container to be disposed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>When to check, counted from its stop, that nothing of a generation is left in memory.</summary>
    public IReadOnlyList<TimeSpan> Proofs { get; init; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];
}
