namespace Chat.LoadTest;

internal static class ExitStatus
{
    /// <summary>Everything that was sent reached everybody, once and in order.</summary>
    public const int Ok = 0;

    /// <summary>Something was lost, doubled or disordered, or not everybody could take part to the end.</summary>
    public const int Failed = 1;

    /// <summary>The command line, or limits of the daemon that stand in its way.</summary>
    public const int WrongUsage = 2;

    public const int NoDaemon = 3;
}
