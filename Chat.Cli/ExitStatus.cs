namespace Chat.Cli;

internal static class ExitStatus
{
    public const int Ok = 0;

    /// <summary>The daemon refused the login or a line of input, or ended the session.</summary>
    public const int Refused = 1;

    public const int WrongUsage = 2;

    public const int CannotConnect = 3;

    /// <summary>Could not write the output: the reader is gone, or the disk is full.</summary>
    public const int OutputGone = 4;
}
