namespace Chat.Daemon.Hooks;

/// <summary>A filter that a plugin declares.</summary>
/// <param name="Make">Creates it from the plugin's own container.</param>
internal sealed record FilterDescriptor(string Name, FilterAttribute Policy, FilterState State, Func<IServiceProvider, IMessageFilter> Make)
{
    private const int LongestDeadline = 5_000;

    /// <summary>Why the daemon rejects it, for the operator; null where it does not.</summary>
    public string? Problem => Policy.DeadlineMilliseconds is >= 1 and <= LongestDeadline ? null
        : $"The deadline of filter {Name} must be from 1 to {LongestDeadline} ms, not {Policy.DeadlineMilliseconds} ms.";
}
