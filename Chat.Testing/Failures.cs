namespace Chat.Testing;

/// <summary>Makes the exceptions of one test, with what the daemon logged as errors. Safe from any thread.</summary>
internal sealed class Failures(DaemonLog log)
{
    private volatile bool hasFailed;

    public ChatTestException Of(string message, Exception? inner = null)
    {
        hasFailed = true;
        return new(log.Errors.Count == 0 ? message : $"{message}\n{LoggedErrors}", inner);
    }

    /// <summary>The errors that nobody was told of: a second exception would hide the first.</summary>
    public ChatTestException? Untold => hasFailed || log.Errors.Count == 0 ? null : new(LoggedErrors);

    private string LoggedErrors => $"The daemon logged errors:\n{string.Join('\n', log.Errors)}";
}
