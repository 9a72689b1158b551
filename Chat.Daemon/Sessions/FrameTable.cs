using Chat.Daemon.Messages;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Which frames are allowed before and after the login, and which may overtake others.</summary>
internal static class FrameTable
{
    /// <returns>The code of the refusal; null if the frame is allowed.</returns>
    public static string? RefusalFor(ClientFrame frame, bool isLoggedIn) => frame switch
    {
        ClientFrame.Ping or ClientFrame.Logout => null,
        ClientFrame.Login or ClientFrame.Register => isLoggedIn ? RefusalCode.AlreadyLoggedIn : null,
        _ => isLoggedIn ? null : RefusalCode.NotLoggedIn,
    };

    /// <summary>Whether a client that is logged in is told of a refusal.</summary>
    public static bool IsAnswered(ClientFrame frame) => frame is not ClientFrame.Typing;

    /// <summary>Whether a reactor handles the frame itself. Code in their handlers that may wait leaves the reactor first.</summary>
    public static bool IsQuick(ClientFrame frame) => frame switch
    {
        ClientFrame.Message message => !SlashCommand.Is(message.Text),
        ClientFrame.Ping => true,
        _ => false,
    };

    /// <summary>
    /// Whether the frame is handled before the session's earlier messages have been delivered. Only plain messages and their changes are;
    /// all others are answered in order.
    /// </summary>
    public static bool MayOvertake(ClientFrame frame) => frame switch
    {
        ClientFrame.Message message => !SlashCommand.Is(message.Text),
        ClientFrame.Edit or ClientFrame.Delete or ClientFrame.React => true,
        _ => false,
    };
}
