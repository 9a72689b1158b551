namespace Chat.Daemon.Hooks;

/// <summary>Whether a filter has nothing to look at. The daemon's own, so that asking it runs nothing of the plugin's.</summary>
internal sealed class FilterRest
{
    private volatile bool isResting;

    public bool IsResting
    {
        get => isResting;
        set => isResting = value;
    }
}

/// <inheritdoc cref="IFilterSwitch"/>
internal sealed class FilterSwitch : IFilterSwitch
{
    private readonly Dictionary<Type, FilterRest> filters = []; // filled before the plugin's container is built

    /// <summary>False where there is one of that class already.</summary>
    public bool TryAdd(Type filter, FilterRest rest) => filters.TryAdd(filter, rest);

    public void Disable<T>() where T : IMessageFilter => Of<T>().IsResting = true;

    public void Enable<T>() where T : IMessageFilter => Of<T>().IsResting = false;

    private FilterRest Of<T>() => filters.GetValueOrDefault(typeof(T)) ?? throw new ArgumentException($"The plugin declares no filter {typeof(T).Name}.");
}
