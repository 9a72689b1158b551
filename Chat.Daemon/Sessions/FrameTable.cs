using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Which frame is allowed when.</summary>
internal static class FrameTable
{
    /// <summary>The code of the refusal, or null where the frame is allowed.</summary>
    public static string? RefusalFor(ClientFrame frame, bool isLoggedIn) => frame switch
    {
        ClientFrame.Ping or ClientFrame.Logout => null,
        ClientFrame.Login or ClientFrame.Register => isLoggedIn ? RefusalCode.AlreadyLoggedIn : null,
        _ => isLoggedIn ? null : RefusalCode.NotLoggedIn,
    };

    /// <summary>Whether it is taken up before the sender's earlier messages are told to everybody: only a plain message is, all others answer in order.</summary>
    public static bool MayOvertake(ClientFrame frame) => frame is ClientFrame.Message { Text: var text } && !SlashCommand.Is(text);
}

/// <summary>How a text says whether it is a command.</summary>
internal static class SlashCommand
{
    public static bool Is(string text) => text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal);

    /// <summary>The text as it is stored: of two slashes at its beginning one is left.</summary>
    public static string Unescape(string text) => text.StartsWith("//", StringComparison.Ordinal) ? text[1..] : text;
}
