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
        DaemonFrame.Bye bye => $"the end of the connection ({bye.Reason})",
        _ => frame.GetType().Name.ToLowerInvariant(),
    };

    public static string Short(string text) =>
        $"\"{TextRules.Harmless(text.Length <= MostChars ? text : $"{text[..MostChars]}… ({text.Length} characters)")}\"";

    private static string Place(DaemonFrame.Message message) => message.Room is { } room ? $"in {room}" : $"to {message.To}";
}
