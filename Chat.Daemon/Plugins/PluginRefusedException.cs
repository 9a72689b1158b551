namespace Chat.Daemon.Plugins;

/// <summary>A plugin is not taken, for a reason that the operator or its author can mend. Caught once, by the loader: the daemon runs on.</summary>
/// <param name="sentence">What is wrong, and what to do where that is not plain; safe to print.</param>
internal sealed class PluginRefusedException(string sentence, Exception? cause = null) : Exception(sentence, cause);
