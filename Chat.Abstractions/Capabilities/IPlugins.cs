namespace Chat;

/// <summary>
/// Manages plugins. Every change lasts across restarts. A call returns when the change is done; invocations of the previous version may
/// still finish.
/// </summary>
public interface IPlugins
{
    /// <summary>All plugins that run, ran, or were refused, in the order of their ids.</summary>
    IReadOnlyList<PluginSummary> All { get; }

    /// <summary>The latest 100 changes of versions since the start of the daemon, newest first.</summary>
    IReadOnlyList<PluginSwapSummary> Swaps { get; }

    /// <summary>All filters and event handlers that have run, by plugin and name.</summary>
    IReadOnlyList<HookSummary> Hooks { get; }

    /// <summary>Reads the plugin's files again and restarts it, even if nothing has changed.</summary>
    /// <exception cref="RefusalException">
    /// <c>no_such_plugin</c>, <c>plugin_disabled</c>, <c>plugin_quarantined</c>, <c>plugin_busy</c>, or <c>plugin_failed</c>: then the
    /// previous version keeps running.
    /// </exception>
    Task<PluginSummary> ReloadAsync(string id, CancellationToken cancellation);

    /// <exception cref="RefusalException">
    /// <c>no_such_plugin</c>, or <c>own_plugin</c>: the plugin that makes the call can't disable itself, because nothing could enable it
    /// again.
    /// </exception>
    Task<PluginSummary> DisableAsync(string id, CancellationToken cancellation);

    /// <summary>Also ends the plugin's quarantine.</summary>
    /// <exception cref="RefusalException"><c>no_such_plugin</c> or <c>plugin_failed</c>.</exception>
    Task<PluginSummary> EnableAsync(string id, CancellationToken cancellation);

    /// <summary>Goes back to the previous version. New files in the plugin's folder replace it again.</summary>
    /// <exception cref="RefusalException">
    /// <c>no_such_plugin</c>, <c>no_earlier_version</c>, <c>plugin_disabled</c>, <c>plugin_busy</c> or <c>plugin_failed</c>.
    /// </exception>
    Task<PluginSummary> RollbackAsync(string id, CancellationToken cancellation);
}
