namespace Chat;

/// <summary>
/// Says which events the plugin's own event handlers need: a message that none of them needs costs nothing. You can inject it anywhere. All
/// handlers get all events when the plugin starts.
/// </summary>
public interface IHandlerSwitch
{
    /// <summary>The handler gets no events, beginning with the next one.</summary>
    /// <typeparam name="T">The handler's class.</typeparam>
    /// <exception cref="ArgumentException">The plugin has no such handler.</exception>
    void Disable<T>() where T : class;

    /// <summary>The handler gets all events again, beginning with the next one.</summary>
    /// <inheritdoc cref="Disable"/>
    void Enable<T>() where T : class;

    /// <summary>The handler gets only events of these rooms, beginning with the next one. It gets none from elsewhere.</summary>
    /// <inheritdoc cref="Disable"/>
    void EnableIn<T>(IEnumerable<Room> rooms) where T : class;
}
