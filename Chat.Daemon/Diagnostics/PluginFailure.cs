using System.Diagnostics.CodeAnalysis;

namespace Chat.Daemon.Diagnostics;

/// <summary>
/// Stands in the log for an exception that came out of a plugin, as text: the exception itself, even one of the platform's types, holds on
/// to the methods in its stack trace, and so keeps the plugin from unloading as long as a target of the log keeps it.
/// </summary>
internal sealed class PluginFailure : Exception
{
    private PluginFailure(string text) : base(text)
    {
    }

    [return: NotNullIfNotNull(nameof(exception))]
    public static Exception? Of(
        Exception? exception) => exception is null or PluginFailure ? exception : new PluginFailure(exception.ToString());

    public override string ToString() => Message;
}
