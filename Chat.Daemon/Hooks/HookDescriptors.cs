namespace Chat.Daemon.Hooks;

/// <summary>A filter that a plugin brings, not yet made.</summary>
/// <param name="Make">From the plugin's own container.</param>
internal sealed record FilterDescriptor(string Name, FilterAttribute Policy, Func<IServiceProvider, IMessageFilter> Make);

/// <summary>A handler that a plugin brings, not yet made.</summary>
/// <param name="Event">The type of events that it hears of.</param>
/// <param name="Make">From the plugin's own container: what to call with each.</param>
internal sealed record HandlerDescriptor(string Name, Type Event, Func<IServiceProvider, Func<ChatEvent, CancellationToken, ValueTask>> Make);
