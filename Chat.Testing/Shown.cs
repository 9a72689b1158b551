using Chat.Protocol;

namespace Chat.Testing;

/// <summary>Describes frames in failure messages.</summary>
internal static class Shown
{
    private const int MostChars = 400;

    public static bool IsReportable(DaemonFrame frame) =>
        frame is not (DaemonFrame.Hello or DaemonFrame.Presence or DaemonFrame.Joined or DaemonFrame.Pong);

    public static string Of(DaemonFrame frame) => frame switch
    {
        DaemonFrame.Message { Via: { } via } message => $"a message from {message.From} by /{via} {Place(message)}: {Short(message.Text)}",
        DaemonFrame.Message message => $"a message from {message.From} {Place(message)}: {Short(message.Text)}",
        DaemonFrame.Notice { Room: { } room } notice => $"a notice in {room}: {Short(notice.Text)}",
        DaemonFrame.Notice notice => $"a notice: {Short(notice.Text)}",
        DaemonFrame.Reply { Data: { } data } reply => $"the reply: {Short(reply.Text)} with {TextRules.Harmless(data.GetRawText())}",
        DaemonFrame.Reply reply => $"the reply: {Short(reply.Text)}",
        DaemonFrame.Error error => $"the refusal {error.Code}: {Short(error.Text)}",
        DaemonFrame.Left left => $"left {left.Room} ({left.Reason})",
        DaemonFrame.Change change => Of(change),
        DaemonFrame.Typing typing => $"the list of who is typing: {Users(typing.Users)}",
        DaemonFrame.Read read => $"the mark {read.Seq} in {read.Room ?? read.With}",
        DaemonFrame.Bye bye => $"the end of the connection ({bye.Reason})",
        _ => frame.GetType().Name.ToLowerInvariant(),
    };

    public static string Short(string text) =>
        $"\"{TextRules.Harmless(text.Length <= MostChars ? text : $"{text[..MostChars]}… ({text.Length} characters)")}\"";

    public static string Users(IReadOnlyList<string> users) => users.Count == 0 ? "nobody" : string.Join(", ", users);

    private static string Of(DaemonFrame.Change change) => change switch
    {
        { Rev: null } => $"no change of {change.Seq}",
        { Kind: ChangeKind.Edit } => $"an edit of {change.Seq} by {change.From}: {Short(change.Text ?? "")}",
        { Kind: ChangeKind.Delete } => $"a deletion of {change.Seq} by {change.From}",
        { Kind: ChangeKind.React } => $"{change.Emoji} for {change.Seq} by {change.From}",
        _ => $"{change.Emoji} for {change.Seq} taken back by {change.From}",
    };

    private static string Place(DaemonFrame.Message message) => message.Room is { } room ? $"in {room}" : $"to {message.To}";
}
