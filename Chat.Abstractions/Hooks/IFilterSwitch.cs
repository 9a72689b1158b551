namespace Chat;

/// <summary>
/// Turns the plugin's own filters off while they have nothing to do: a disabled filter costs nothing. You can inject it anywhere. All
/// filters are enabled when the plugin starts.
/// </summary>
public interface IFilterSwitch
{
    /// <summary>Stops calling the filter, beginning with the next message.</summary>
    /// <exception cref="ArgumentException">The plugin has no such filter.</exception>
    void Disable<T>() where T : IMessageFilter;

    /// <summary>Calls the filter again, beginning with the next message.</summary>
    /// <inheritdoc cref="Disable" path="/exception"/>
    void Enable<T>() where T : IMessageFilter;
}
