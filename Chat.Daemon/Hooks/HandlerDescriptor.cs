namespace Chat.Daemon.Hooks;

/// <summary>A method for one type of events, in an event handler that a plugin declares.</summary>
/// <param name="Handler">The class. One object of it handles its events in order.</param>
/// <param name="State">Shared by all types of events of the class.</param>
/// <param name="Event">The type of events that it gets.</param>
/// <param name="Make">Creates the handler from the plugin's own container, and gives the method to call with each event.</param>
internal sealed record HandlerDescriptor(
    Type Handler, HandlerState State, Type Event, Func<IServiceProvider, Func<ChatEvent, CancellationToken, ValueTask>> Make);
