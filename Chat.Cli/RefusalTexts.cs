using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>Refusals as sentences. The daemon's are in the user's language already; this adds those of the library.</summary>
internal static class RefusalTexts
{
    public static string Say(CliTexts texts, Refusal refusal) => refusal.Code switch
    {
        ClientCode.OutcomeUnknown => texts.OutcomeUnknown,
        ClientCode.SessionEnded => texts.SessionEnded,
        ClientCode.Unreachable => texts.Unreachable,
        RefusalCode.TextEmpty => texts.TextEmpty,
        RefusalCode.TextTooLong or RefusalCode.FrameTooLong => texts.TextTooLong,
        RefusalCode.BadFrame => texts.BadCharacters,
        ByeReason.Banned when refusal.Text.Length == 0 => texts.EndedBanned,
        ByeReason.Kicked => texts.EndedKicked,
        _ => TextRules.Harmless(refusal.Text.Length > 0 ? refusal.Text : refusal.Code),
    };

    public static string SayLeft(CliTexts texts, ChatEvent.LeftRoom left)
    {
        var room = LineFormat.Clean(left.Room);
        return left.Reason switch
        {
            null => texts.LeftRoom(room),
            LeftReason.Kicked => texts.KickedFromRoom(room),
            LeftReason.Banned => texts.BannedFromRoom(room),
            LeftReason.Deleted => texts.RoomDeleted(room),
            LeftReason.NoAccess or RefusalCode.Forbidden or RefusalCode.NoSuchRoom => texts.RoomAccessLost(room),
            LeftReason.Elsewhere => texts.LeftElsewhere(room),
            var code => texts.RemovedFromRoom(room, LineFormat.Clean(code)),
        };
    }

    public static string SayLost(CliTexts texts, ChatEvent.ConnectionLost lost) => lost.Reason switch
    {
        ByeReason.Shutdown => texts.LostByShutdown,
        ByeReason.SlowConsumer => texts.LostBySlowReading,
        var reason => LineFormat.Clean(reason),
    };

    public static string SayEnd(CliTexts texts, ChatEvent.SessionEnded end) => end.Reason switch
    {
        ByeReason.TakenOver => texts.EndedTakenOver,
        ByeReason.Kicked => texts.EndedKicked,
        ByeReason.Banned => texts.EndedBanned,
        ByeReason.SessionEnded or RefusalCode.BadToken => texts.EndedSession,
        ClientCode.Unreachable => texts.Unreachable,
        _ => texts.EndedOther(TextRules.Harmless(end.Text.Length > 0 ? end.Text : end.Reason)),
    };
}
