namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Codes for actions that were not carried out.</summary>
internal static class PluginRefusal
{
    public const string NoSuchPlugin = "no_such_plugin";
    public const string OwnPlugin = "own_plugin";
    public const string Disabled = "plugin_disabled";
    public const string Quarantined = "plugin_quarantined";
    public const string Busy = "plugin_busy";
    public const string Failed = "plugin_failed";
    public const string NoEarlierVersion = "no_earlier_version";
}
