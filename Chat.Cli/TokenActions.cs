using Chat.Protocol;

namespace Chat.Cli;

internal static class TokenActions
{
    /// <summary>
    /// After a refusal or an end with this code. Without its token, a guest's direct messages are lost, so discard it only if the session
    /// is surely over: a ban may apply to a network and expire tomorrow, and a name that was taken may become free.
    /// </summary>
    public static TokenAction After(string? code) => code switch
    {
        RefusalCode.BadToken or ByeReason.SessionEnded or ByeReason.Logout => TokenAction.Discard,
        RefusalCode.NameTaken => TokenAction.Replace,
        _ => TokenAction.Keep,
    };
}
