namespace Chat.Daemon.Hooks;

/// <summary>Whether a plugin has switched its filter off. The daemon's own object, so that a look at it runs none of the plugin's code.</summary>
internal sealed class FilterState
{
    private volatile bool isDisabled;

    public bool IsDisabled
    {
        get => isDisabled;
        set => isDisabled = value;
    }
}
