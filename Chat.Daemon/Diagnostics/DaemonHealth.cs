namespace Chat.Daemon.Diagnostics;

/// <summary>Whether the daemon can do its work, for whoever watches it from outside. Set from any thread.</summary>
internal sealed class DaemonHealth
{
    public const string Ok = "ok";

    private volatile bool recovered;
    private volatile bool stopping;

    /// <summary><c>ok</c>, <c>recovering</c>, <c>stopping</c> or <c>storage</c>.</summary>
    public string Status => stopping ? "stopping" : !recovered ? "recovering" : !IsStorageHealthy() ? "storage" : Ok;

    /// <summary>The log is open and connections are accepted.</summary>
    public void Recovered() => recovered = true;

    public void Stopping() => stopping = true;

    /// <summary>False from a failure of the storage on, until something is committed again.</summary>
    public Func<bool> IsStorageHealthy { get; set; } = static () => true;
}
