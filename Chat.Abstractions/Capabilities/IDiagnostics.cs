namespace Chat;

/// <summary>Shows how the daemon is doing.</summary>
public interface IDiagnostics
{
    /// <summary>The time from one <see cref="LoadSample"/> to the next.</summary>
    TimeSpan SampleInterval { get; }

    /// <summary>What the daemon has measured in the last hour, oldest first.</summary>
    /// <param name="number">Only samples with a higher number; 0 for all.</param>
    IReadOnlyList<LoadSample> SamplesAfter(long number);

    /// <summary>Every setting with its value and where it comes from. Secrets are hidden.</summary>
    IReadOnlyList<SettingSummary> Settings { get; }

    /// <summary>The daemons of the cluster that live, by name; outside of a cluster, this one.</summary>
    ValueTask<IReadOnlyList<NodeSummary>> ListNodesAsync(CancellationToken cancellation);

    /// <summary>Accounts, and guests who are connected: connected users first, then by name.</summary>
    /// <param name="text">A part of the name, in any case. Empty for all.</param>
    /// <param name="limit">At most 500.</param>
    ValueTask<IReadOnlyList<UserSummary>> FindUsersAsync(string text, int limit, CancellationToken cancellation);
}
