namespace Chat.Daemon.Hooks;

/// <summary>A method for one type of events, in an event handler that a plugin declares.</summary>
/// <param name="Handler">The class. One object of it handles its events in order.</param>
/// <param name="Event">The type of events that it gets.</param>
/// <param name="Make">Gives the method to call with each event, of an object from the plugin's own container.</param>
internal sealed record HandlerDescriptor(Type Handler, Type Event, Func<IServiceProvider, Func<ChatEvent, CancellationToken, ValueTask>> Make);
