using System.Globalization;
using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>Formats texts of others for the screen.</summary>
internal sealed class LineFormat(OpenConversations conversations, UserOutput output)
{
    /// <summary>Names shown in one list.</summary>
    private const int NamesShown = 20;

    /// <summary>Time, conversation if it is not the current one, and sender.</summary>
    public string Head(Conversation where, DaemonFrame.Message m)
    {
        var local = TimeZoneInfo.ConvertTime(m.At, TimeZoneInfo.Local);
        var isToday = local.Date == TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.Local).Date;
        var time = local.ToString(isToday ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var place = where.Equals(conversations.Active) ? "" : Clean(where.ToString()) + " ";
        return $"{output.Palette.Dim(time)} {output.Palette.Dim(place)}{output.Palette.Name(Clean(m.From))}: ";
    }

    public string Body(DaemonFrame.Message m) => m.Erased is true ? output.Palette.Dim(output.Texts.Erased) : Block(m.Text);

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
