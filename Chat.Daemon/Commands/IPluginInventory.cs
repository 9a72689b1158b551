namespace Chat.Daemon.Commands;

/// <summary>What is loaded, for whoever lists it.</summary>
internal interface IPluginInventory
{
    /// <summary>By id; also those that were not taken.</summary>
    IReadOnlyList<PluginSummary> Plugins { get; }
}
