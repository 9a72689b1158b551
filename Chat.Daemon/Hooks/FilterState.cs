namespace Chat.Daemon.Hooks;

/// <summary>Whether a plugin has switched its filter off. Reading it runs no plugin code.</summary>
internal sealed class FilterState
{
    private volatile bool isDisabled;

    public bool IsDisabled
    {
        get => isDisabled;
        set => isDisabled = value;
    }
}
