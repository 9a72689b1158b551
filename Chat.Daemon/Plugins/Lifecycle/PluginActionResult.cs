namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>The outcome of an admin's action.</summary>
/// <param name="Code">Null for success, otherwise one of <see cref="PluginRefusal"/>.</param>
/// <param name="Plugin">The plugin as it is now; null if there is none.</param>
/// <param name="Reason">Details that the code does not tell, in the language of the request.</param>
internal sealed record PluginActionResult(string? Code, PluginSummary? Plugin = null, string? Reason = null);
