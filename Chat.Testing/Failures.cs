namespace Chat.Testing;

/// <summary>Creates the exceptions of a test, with the errors that the daemon logged. Thread-safe.</summary>
internal sealed class Failures(DaemonLog log)
{
    private volatile bool hasFailed;

    public ChatTestException Of(string message, Exception? inner = null)
    {
        hasFailed = true;
        return new(log.Errors.Count == 0 ? message : $"{message}\n{LoggedErrors}", inner);
    }

    /// <summary>The logged errors, unless a failure already reported them: a second exception would hide the first.</summary>
    public ChatTestException? Unreported => hasFailed || log.Errors.Count == 0 ? null : new(LoggedErrors);

    private string LoggedErrors => $"The daemon logged errors:\n{string.Join('\n', log.Errors)}";
}
