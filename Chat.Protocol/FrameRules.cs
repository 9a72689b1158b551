namespace Chat.Protocol;

/// <summary>What the protocol asks of a client's frame beyond the types of its fields; who breaks it gets <c>bad_frame</c>.</summary>
internal static class FrameRules
{
    /// <summary>Null, or a sentence that names the mistake.</summary>
    public static string? WrongWith(ClientFrame frame) => frame switch
    {
        ClientFrame.Login { User: null, Token: null } => "A login needs user or token.",
        ClientFrame.Login { Rooms: { } rooms } when rooms.Any(r => r is null) => "The field rooms must hold strings.",
        ClientFrame.Message m when (m.Room is null) == (m.To is null) => "A message needs either room or to.",
        ClientFrame.Message m when TextRules.HasForbiddenControl(m.Text) => "A text may hold line breaks and tabs, but no other control characters.",
        ClientFrame.History h when (h.Room is null) == (h.With is null) => "A history needs either room or with.",
        _ => null,
    };
}
