namespace Chat.Daemon.Hooks;

/// <summary>Keeps a generation of a plugin from stopping until a call of its code has really ended.</summary>
internal sealed class PluginLease(PluginOwner owner) : IDisposable
{
    private bool isReturned;

    /// <inheritdoc cref="PluginOwner.Stopping"/>
    public CancellationToken Stopping => owner.Stopping;

    /// <inheritdoc cref="PluginOwner.Container"/>
    public IServiceProvider Container => owner.Container;

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref isReturned, true)) owner.Return();
    }
}
