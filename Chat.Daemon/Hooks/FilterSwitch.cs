namespace Chat.Daemon.Hooks;

/// <inheritdoc cref="IFilterSwitch"/>
internal sealed class FilterSwitch : IFilterSwitch
{
    private readonly Dictionary<Type, FilterState> filters = []; // filled before the plugin's container is built

    /// <summary>False where there is already one of that class.</summary>
    public bool TryAdd(Type filter, FilterState state) => filters.TryAdd(filter, state);

    public void Disable<T>() where T : IMessageFilter => Of<T>().IsDisabled = true;

    public void Enable<T>() where T : IMessageFilter => Of<T>().IsDisabled = false;

    private FilterState Of<T>() =>
        filters.GetValueOrDefault(typeof(T)) ?? throw new ArgumentException($"The plugin declares no filter {typeof(T).Name}.");
}
