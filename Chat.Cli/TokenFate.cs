using Chat.Protocol;

namespace Chat.Cli;

/// <summary>What becomes of a kept token.</summary>
internal enum TokenFate
{
    /// <summary>Its session may be taken up again.</summary>
    Keep,

    /// <summary>Its session is out of reach, but not surely over: another's token takes its place as soon as there is one.</summary>
    Replace,

    /// <summary>Its session is over.</summary>
    Discard,
}

internal static class TokenFates
{
    /// <summary>
    /// After a refusal or an end of that code. With a guest's token its direct messages are lost for good, so only what surely ended it counts:
    /// a ban may be of a network, and over tomorrow; a name that was taken may be left, or have become an account.
    /// </summary>
    public static TokenFate After(string? code) => code switch
    {
        RefusalCode.BadToken or ByeReason.SessionEnded or ByeReason.Logout => TokenFate.Discard,
        RefusalCode.NameTaken => TokenFate.Replace,
        _ => TokenFate.Keep,
    };
}
