using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>One line about what an account has not read, for the login.</summary>
internal static class UnreadLine
{
    /// <returns>Null if everything is read.</returns>
    public static string? Of(DaemonFrame.Welcome welcome, CliTexts texts)
    {
        if (welcome.IsGuest) return null; // only accounts have marks
        var rooms = (welcome.Unread ?? []).Select(
            room => Shown(Conversation.Room(room.Room), room.Seq - Math.Max(room.Read, room.First - 1), room.Mentions, texts));
        var directs = welcome.Direct.Select(
            direct => Shown(Conversation.With(direct.User), direct.Seq - Math.Max(direct.Read, direct.First - 1), direct.Mentions, texts));
        var all = rooms.Concat(directs).OfType<string>().ToList();
        return all.Count == 0 ? null : texts.Unread(string.Join(", ", all));
    }

    private static string? Shown(Conversation conversation, long count, long mentions, CliTexts texts)
    {
        if (count <= 0) return null;
        var shown = $"{LineFormat.Clean(conversation.ToString())} {count}";
        return mentions > 0 ? texts.UnreadWithMentions(shown, mentions) : shown;
    }
}
