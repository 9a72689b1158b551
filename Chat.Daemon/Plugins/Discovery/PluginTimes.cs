namespace Chat.Daemon.Plugins.Discovery;

/// <summary>How long what may take in a plugin's life.</summary>
internal sealed record PluginTimes
{
    /// <summary>Between two looks at the drop folders, where no event says that something changed.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What looks the same for so long is settled.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(750);

    /// <summary>What is settled but not whole may be a copy that pauses.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For invocations to end by themselves, once a newer generation stands.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For invocations to end that were cancelled, and again for the container to be disposed of.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>When after its stop a generation is looked for in memory.</summary>
    public IReadOnlyList<TimeSpan> Proofs { get; init; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];
}
