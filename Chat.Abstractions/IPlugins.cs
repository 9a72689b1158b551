namespace Chat;

/// <summary>The plugins of this daemon. What is ordered holds across restarts, and completes when it is in force; what ran before may still end what it had begun.</summary>
public interface IPlugins
{
    /// <summary>Those that run, ran, or were refused, by id.</summary>
    IReadOnlyList<PluginSummary> All { get; }

    /// <summary>Reads it again and starts it anew, even if it is the same.</summary>
    /// <exception cref="RefusalException"><c>no_such_plugin</c>, <c>plugin_disabled</c>, <c>plugin_quarantined</c>, <c>plugin_busy</c>, or <c>plugin_failed</c>: then what ran before serves on.</exception>
    Task<PluginSummary> ReloadAsync(string id, CancellationToken cancellation);

    /// <exception cref="RefusalException"><c>no_such_plugin</c>, or <c>own_plugin</c>: who switched off that could switch on nothing any more.</exception>
    Task<PluginSummary> DisableAsync(string id, CancellationToken cancellation);

    /// <summary>Also ends its quarantine.</summary>
    /// <exception cref="RefusalException"><c>no_such_plugin</c> or <c>plugin_failed</c>.</exception>
    Task<PluginSummary> EnableAsync(string id, CancellationToken cancellation);

    /// <summary>To the version before; a later drop wins again.</summary>
    /// <exception cref="RefusalException"><c>no_such_plugin</c>, <c>no_earlier_version</c>, <c>plugin_disabled</c>, <c>plugin_busy</c> or <c>plugin_failed</c>.</exception>
    Task<PluginSummary> RollbackAsync(string id, CancellationToken cancellation);
}

/// <summary>One plugin, or one generation of it that still ends.</summary>
/// <param name="State">One of <c>discovered</c>, <c>inspected</c>, <c>starting</c>, <c>active</c>, <c>draining</c>, <c>stopped</c>, <c>collected</c>, <c>leaked</c>, <c>faulted</c>, <c>quarantined</c>, <c>disabled</c>.</param>
/// <param name="Note">Why it is not active, or what it stands in for; null where there is nothing to say.</param>
public sealed record PluginSummary(string Id, string Version, string State, string? Note = null)
{
    /// <summary>In force, by canonical name.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>Of this generation.</summary>
    public long Invocations { get; init; }

    /// <summary>Invocations that threw or missed their deadline.</summary>
    public long Failures { get; init; }

    public TimeSpan TotalTime { get; init; }

    /// <summary>Filters that messages go past for now, because they had missed their deadlines too often.</summary>
    public int BypassedHooks { get; init; }

    /// <summary>Earlier generations of the plugin of which nothing is left in memory.</summary>
    public int Collected { get; init; }

    /// <summary>Earlier generations that have stopped, but are still referred to.</summary>
    public int Leaked { get; init; }
}
