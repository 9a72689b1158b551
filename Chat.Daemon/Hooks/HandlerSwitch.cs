namespace Chat.Daemon.Hooks;

/// <inheritdoc cref="IHandlerSwitch"/>
internal sealed class HandlerSwitch : IHandlerSwitch
{
    private readonly Dictionary<Type, HandlerState> handlers = []; // filled before the plugin's container is built

    /// <summary>The state of the handler's class, for all types of events.</summary>
    public HandlerState Add(Type handler)
    {
        if (!handlers.TryGetValue(handler, out var state)) handlers[handler] = state = new();
        return state;
    }

    public void Disable<T>() where T : class => Of<T>().EnableIn([]);

    public void Enable<T>() where T : class => Of<T>().EnableEverywhere();

    public void EnableIn<T>(IEnumerable<Room> rooms) where T : class => Of<T>().EnableIn(rooms);

    private HandlerState Of<T>() =>
        handlers.GetValueOrDefault(typeof(T)) ?? throw new ArgumentException($"The plugin declares no event handler {typeof(T).Name}.");
}
