namespace Chat.Daemon.Hooks;

/// <summary>A filter that a plugin brings, not yet made.</summary>
/// <param name="Make">From the plugin's own container.</param>
internal sealed record FilterDescriptor(string Name, FilterAttribute Policy, FilterRest Rest, Func<IServiceProvider, IMessageFilter> Make)
{
    private const int LongestDeadline = 5_000;

    /// <summary>Why the daemon can't take it, for the operator; null where it can.</summary>
    public string? Problem => Policy.DeadlineMilliseconds is >= 1 and <= LongestDeadline ? null
        : $"Filter {Name} asks for a deadline of {Policy.DeadlineMilliseconds} ms: 1 to {LongestDeadline} are allowed.";
}

/// <summary>A handler that a plugin brings, not yet made.</summary>
/// <param name="Handler">Its class: what one object handles, it handles in order.</param>
/// <param name="Event">The type of events that it hears of.</param>
/// <param name="Make">From the plugin's own container: what to call with each.</param>
internal sealed record HandlerDescriptor(Type Handler, Type Event, Func<IServiceProvider, Func<ChatEvent, CancellationToken, ValueTask>> Make);
