namespace Chat.Daemon.Diagnostics;

/// <summary>Stands in the log for an exception of a plugin's own type.</summary>
internal sealed class PluginFailure : Exception
{
    private PluginFailure(string text) : base(text)
    {
    }

    /// <summary>The exception itself where neither it nor what caused it is of a plugin's type.</summary>
    public static Exception? Of(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            if (cause.GetType().IsCollectible) return new PluginFailure(exception!.ToString());
        return exception;
    }

    public override string ToString() => Message;
}
