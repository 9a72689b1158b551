namespace Chat;

/// <summary>A plugin, or an earlier generation of it that is still stopping.</summary>
/// <param name="State">
/// <c>discovered</c>, <c>inspected</c>, <c>starting</c>, <c>active</c>, <c>draining</c>, <c>stopped</c>, <c>collected</c>, <c>leaked</c>,
/// <c>faulted</c>, <c>quarantined</c> or <c>disabled</c>.
/// </param>
/// <param name="Note">Why the plugin is not active, or which version it replaces; null if there is nothing to say.</param>
public sealed record PluginSummary(string Id, string Version, string State, string? Note = null)
{
    /// <summary>The commands that run this plugin now, by canonical name.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>Invocations of this generation.</summary>
    public long Invocations { get; init; }

    /// <summary>Invocations that threw or missed their deadline.</summary>
    public long Failures { get; init; }

    public TimeSpan TotalTime { get; init; }

    /// <summary>Filters that the daemon bypasses for now, because they missed too many deadlines.</summary>
    public int BypassedHooks { get; init; }

    /// <summary>Earlier generations that are gone from memory.</summary>
    public int Collected { get; init; }

    /// <summary>Earlier generations that stopped, but are still in memory.</summary>
    public int Leaked { get; init; }
}
