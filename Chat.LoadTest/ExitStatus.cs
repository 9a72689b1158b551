namespace Chat.LoadTest;

internal static class ExitStatus
{
    /// <summary>Every message reached every receiver, once and in order, and every other request was answered.</summary>
    public const int Ok = 0;

    /// <summary>A message was lost, duplicated or out of order, a request was not answered, or a user dropped out.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong, or the daemon's limits are too low for it.</summary>
    public const int WrongUsage = 2;

    public const int NoDaemon = 3;
}
