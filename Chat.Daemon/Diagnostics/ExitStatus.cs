namespace Chat.Daemon.Diagnostics;

/// <summary>The exit statuses of the process. Scripts and service files rely on them.</summary>
internal static class ExitStatus
{
    public const int Ok = 0;

    /// <summary>An internal error: see the log.</summary>
    public const int Failed = 1;

    public const int WrongUsage = 2;

    /// <summary>A port or the data folder is in use.</summary>
    public const int InUse = 3;

    public const int DatabaseUnusable = 4;

    /// <summary>A node of a cluster counts as dead, or another serves in its place. To be started again.</summary>
    public const int NodeLost = 5;

    /// <summary>Something did not end in time after the order to stop.</summary>
    public const int StopCutOff = 6;
}
