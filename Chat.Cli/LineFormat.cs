using System.Globalization;
using Chat.Client;
using Chat.Protocol;
using static System.FormattableString;

namespace Chat.Cli;

/// <summary>Formats texts of others for the screen.</summary>
internal sealed class LineFormat(DialogueParts parts)
{
    private readonly OpenConversations conversations = parts.Conversations;
    private readonly UserOutput output = parts.Output;

    /// <summary>Names shown in one list.</summary>
    private const int NamesShown = 20;

    /// <summary>Time, conversation, number, and sender. At a terminal, a line of its own tells the day.</summary>
    public string Head(Conversation where, DaemonFrame.Message m)
    {
        var local = TimeZoneInfo.ConvertTime(m.At, TimeZoneInfo.Local);
        var isToday = local.Date == TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.Local).Date;
        var time = local.ToString(isToday || output.Screen.IsInteractive ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var number = parts.Settings.ShowsNumbers ? Invariant($" #{m.Seq}") : "";
        var name = MentionsMe(m) ? output.Palette.Mention(Clean(m.From)) : output.Palette.Name(Clean(m.From));
        return $"{output.Palette.Head($"{time} {Clean(where.ToString())}{number}")} {name}: ";
    }

    public string Body(DaemonFrame.Message m)
    {
        if (m.Erased is true) return output.Palette.Notice(output.Texts.Erased);
        var answered = m.ReplyTo is { } seq ? output.Palette.Notice(Invariant($"↪ #{seq} ")) : "";
        return answered + Block(m.Text) + output.Palette.Notice(Reactions(m));
    }

    /// <summary>Whether another user mentions this one. A guest has no account, so the text decides.</summary>
    public bool MentionsMe(DaemonFrame.Message m)
    {
        var me = Conversation.With(conversations.Me);
        if (Conversation.With(m.From).Equals(me)) return false;
        return (m.Mentions ?? []).Any(name => Conversation.With(name).Equals(me))
            || MentionText.NamesIn(m.Text, ProtocolLimits.MentionsPerMessage).Any(names => Conversation.With(names[0].Text).Equals(me));
    }

    /// <summary>What happened, and the text that came of it, of one line or more. Null for a kind that this client does not know.</summary>
    public (string Head, string Text)? Change(Conversation where, DaemonFrame.Change c)
    {
        var (who, message) = (Clean(c.From), Name(where, c.Seq));
        return c.Kind switch
        {
            ChangeKind.Edit => (output.Texts.Edited(who, message), Block(c.Text ?? "")),
            ChangeKind.Delete => (output.Texts.Deleted(who, message), ""),
            ChangeKind.React => (output.Texts.Reacted(who, message, Clean(c.Emoji ?? "")), ""),
            ChangeKind.Unreact => (output.Texts.Unreacted(who, message, Clean(c.Emoji ?? "")), ""),
            _ => null,
        };
    }

    /// <summary>A message that changed unseen, as it is now.</summary>
    public (string Head, string Text) Refreshed(Conversation where, DaemonFrame.Message m) => m.Erased is true
        ? (output.Texts.DeletedMeanwhile(Name(where, m.Seq), Clean(m.From)), "")
        : (output.Texts.ChangedMeanwhile(Name(where, m.Seq), Clean(m.From)), Block(m.Text) + Reactions(m));

    /// <summary>Its number, with the conversation if that is not the current one.</summary>
    private string Name(Conversation where, long seq) =>
        where.Equals(conversations.Active) ? Invariant($"#{seq}") : Invariant($"{Clean(where.ToString())} #{seq}");

    private static string Reactions(DaemonFrame.Message m) =>
        string.Concat((m.Reactions ?? []).Select(r => Invariant($"  {Clean(r.Emoji)} {r.Count}")));

    public List<string> Others(IReadOnlyList<string> names)
    {
        var me = Conversation.With(conversations.Me);
        return [.. names.Where(n => !Conversation.With(n).Equals(me))];
    }

    public string Names(List<string> names, bool more = false)
    {
        var shown = Clean(string.Join(", ", names.Take(NamesShown)));
        return names.Count > NamesShown ? output.Texts.AndMore(shown, names.Count - NamesShown) : more ? shown + ", …" : shown;
    }

    /// <summary>As a single line.</summary>
    public static string Clean(string text) => TextRules.Harmless(text).Replace('\n', ' ').Replace('\t', ' ');

    /// <summary>Keeps line breaks.</summary>
    public static string Block(string text) =>
        TextRules.Harmless(text.ReplaceLineEndings("\n")).Replace("\t", "    ", StringComparison.Ordinal);
}
