namespace Chat.Cli;

internal static class ExitStatus
{
    public const int Ok = 0;

    /// <summary>The daemon refused the login or a line of the input, or ended the session.</summary>
    public const int Refused = 1;

    public const int WrongUsage = 2;

    public const int CannotConnect = 3;
}
