using System.Diagnostics.CodeAnalysis;

namespace Chat.Daemon.Diagnostics;

/// <summary>
/// The text of an exception from a plugin, for the log. The exception itself refers to the methods in its stack trace, and would keep the
/// plugin from unloading as long as the log holds it.
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
