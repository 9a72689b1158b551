namespace Chat.Daemon.Hooks;

/// <summary>One generation of a plugin: whose hooks they are.</summary>
internal interface IHookOwner
{
    /// <summary>The plugin's id.</summary>
    string Id { get; }

    /// <summary>Keeps the generation from stopping as long as something of it runs; null where it drains already. Never waits.</summary>
    IHookLease? TryHold();
}

/// <summary>Held until what was begun has really ended. Disposed once.</summary>
internal interface IHookLease : IDisposable
{
    /// <summary>The owner's patience with what still runs has ended.</summary>
    CancellationToken Stopping { get; }
}
