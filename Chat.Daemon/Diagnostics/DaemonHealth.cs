namespace Chat.Daemon.Diagnostics;

/// <summary>Whether the daemon can do its work, for whoever watches it from outside. Set from any thread.</summary>
internal sealed class DaemonHealth
{
    public const string Ok = "ok";

    private volatile bool recovered;
    private volatile bool stopping;
    private volatile bool storageFails;

    /// <summary><c>ok</c>, <c>recovering</c>, <c>stopping</c> or <c>storage</c>.</summary>
    public string Status => stopping ? "stopping" : !recovered ? "recovering" : storageFails ? "storage" : Ok;

    /// <summary>The log is open and connections are accepted.</summary>
    public void Recovered() => recovered = true;

    public void Stopping() => stopping = true;

    /// <summary>Says how the last commit ended.</summary>
    public void Storage(bool fails) => storageFails = fails;
}
