namespace Chat.Daemon.Commands;

internal enum PluginOrder
{
    /// <summary>Reads it again and starts it anew, even if it is the same.</summary>
    Reload,

    Disable,

    /// <summary>Forgets why it was not to run, and starts it.</summary>
    Enable,

    /// <summary>To the version before.</summary>
    RollBack,
}

/// <param name="Code">Null: done. Else one of <see cref="PluginRefusal"/>.</param>
/// <param name="Reason">Why, where the code does not say it: a sentence for the operator, in the language asked for.</param>
/// <param name="Plugin">As it is now; null where there is none.</param>
internal sealed record PluginOrderOutcome(string? Code, PluginSummary? Plugin = null, string? Reason = null);

/// <summary>Codes of orders that are not carried out.</summary>
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

/// <summary>What is loaded, for whoever lists it or gives orders.</summary>
internal interface IPluginInventory
{
    /// <summary>By id; also those that were not taken.</summary>
    IReadOnlyList<PluginSummary> PluginsIn(string language);

    /// <summary>Completes when the change is in force; what ran before may still drain. Never throws but for the cancellation, which does not take back what was begun.</summary>
    Task<PluginOrderOutcome> OrderAsync(PluginOrder order, string id, string language, CancellationToken cancellation);
}
