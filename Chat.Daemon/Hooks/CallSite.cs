namespace Chat.Daemon.Hooks;

/// <summary>Which code of which plugin is called, for the log.</summary>
/// <param name="Kind">Such as <c>filter</c>.</param>
internal readonly record struct CallSite(string Kind, string Name, string Plugin);
