namespace Chat.Daemon.Plugins.Lifecycle;

internal static class PluginStateWord
{
    /// <summary>As in <see cref="PluginSummary.State"/>.</summary>
    public static string Word(this PluginState state) => state.ToString().ToLowerInvariant();
}
