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
    public static Exception? Of(Exception? exception) =>
        exception is null or PluginFailure ? exception : new PluginFailure(TextOf(exception, static e => e.ToString()));

    /// <summary>The message of an exception from a plugin.</summary>
    public static string MessageOf(Exception exception) => TextOf(exception, static e => e.Message);

    /// <summary>Runs the plugin's code where its exception overrides these members.</summary>
    private static string TextOf(Exception exception, Func<Exception, string> read)
    {
        try
        {
            return read(exception);
        }
        catch (Exception)
        {
            return $"{exception.GetType()} (its text cannot be read)";
        }
    }

    public override string ToString() => Message;
}
