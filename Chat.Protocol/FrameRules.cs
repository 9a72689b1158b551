namespace Chat.Protocol;

/// <summary>Rules for client frames beyond the types of fields. Breaking one is <c>bad_frame</c>.</summary>
internal static class FrameRules
{
    /// <summary>A sentence about the mistake; null if there is none.</summary>
    public static string? WrongWith(ClientFrame frame) => frame switch
    {
        ClientFrame.Login { User: null, Token: null } => "A login needs user or token.",
        ClientFrame.Login { Rooms: { } rooms } when rooms.Any(r => r is null) => "The field rooms must contain strings.",
        ClientFrame.Message m when (m.Room is null) == (m.To is null) => "A message needs either room or to.",
        ClientFrame.Message m when TextRules.HasForbiddenControl(m.Text) =>
            "A text can contain line breaks and tabs, but no other control characters.",
        ClientFrame.History h when (h.Room is null) == (h.With is null) => "A history needs either room or with.",
        _ => null,
    };
}
