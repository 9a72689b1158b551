using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli.Scripts;

/// <summary>Exit statuses of the sub-commands for scripts: what to do about a refusal.</summary>
internal static class RefusalStatus
{
    public const int Other = 1, Login = 10, Forbidden = 11, NotFound = 12, TooFast = 13, Silenced = 14, BadInput = 15, DaemonFailed = 16;

    public static int Of(string? code) => code switch
    {
        null => ExitStatus.Ok,
        RefusalCode.WrongPassword or RefusalCode.PasswordRequired or RefusalCode.BadToken or RefusalCode.NameTaken
            or RefusalCode.BadName => Login,
        RefusalCode.Forbidden or RefusalCode.Rejected or RefusalCode.NotLoggedIn => Forbidden,
        RefusalCode.NotInRoom or RefusalCode.NoSuchRoom or RefusalCode.NoSuchUser or RefusalCode.NoSuchMessage
            or RefusalCode.NoSuchCommand => NotFound,
        RefusalCode.RateLimited or RefusalCode.TooManyRooms or RefusalCode.TooManyReactions => TooFast,
        RefusalCode.Muted or RefusalCode.Banned or ByeReason.Kicked => Silenced,
        RefusalCode.BadArguments or RefusalCode.TextEmpty or RefusalCode.TextTooLong or RefusalCode.BadFrame
            or RefusalCode.FrameTooLong => BadInput,
        RefusalCode.Storage or RefusalCode.Unavailable or RefusalCode.CommandFailed or RefusalCode.Timeout or RefusalCode.Busy
            or ClientCode.OutcomeUnknown => DaemonFailed,
        ClientCode.Unreachable or ClientCode.ConnectionLost => ExitStatus.CannotConnect,
        _ => Other,
    };
}
