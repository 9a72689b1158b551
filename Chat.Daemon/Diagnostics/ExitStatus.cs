namespace Chat.Daemon.Diagnostics;

/// <summary>What the process ends with. Scripts and service files rely on it.</summary>
internal static class ExitStatus
{
    public const int Ok = 0;

    /// <summary>A bug: the log holds where.</summary>
    public const int Failed = 1;

    public const int WrongUsage = 2;

    /// <summary>A port or the data folder.</summary>
    public const int InUse = 3;

    public const int DatabaseUnusable = 4;
}
