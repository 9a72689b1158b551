using System.Globalization;
using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>What others wrote, made fit for a row of the screen.</summary>
internal sealed class LineFormat(Places places, Voice voice)
{
    /// <summary>Names shown at once.</summary>
    private const int NamesShown = 20;

    /// <summary>Time, place where it is not the present one, and sender.</summary>
    public string Head(Conversation where, DaemonFrame.Message m)
    {
        var local = TimeZoneInfo.ConvertTime(m.At, TimeZoneInfo.Local);
        var isToday = local.Date == TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.Local).Date;
        var time = local.ToString(isToday ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var place = where.Equals(places.Active) ? "" : Clean(where.ToString()) + " ";
        return $"{voice.Palette.Dim(time)} {voice.Palette.Dim(place)}{voice.Palette.Name(Clean(m.From))}: ";
    }

    public string Body(DaemonFrame.Message m) => m.Erased is true ? voice.Palette.Dim(voice.Texts.Erased) : Block(m.Text);

    public List<string> Others(IReadOnlyList<string> names)
    {
        var me = Conversation.With(places.Me);
        return [.. names.Where(n => !Conversation.With(n).Equals(me))];
    }

    public string Names(List<string> names, bool more = false)
    {
        var shown = Clean(string.Join(", ", names.Take(NamesShown)));
        return names.Count > NamesShown ? voice.Texts.AndMore(shown, names.Count - NamesShown) : more ? shown + ", …" : shown;
    }

    /// <summary>For one row.</summary>
    public static string Clean(string text) => TextRules.Harmless(text).Replace('\n', ' ').Replace('\t', ' ');

    /// <summary>For rows.</summary>
    public static string Block(string text) => TextRules.Harmless(text.ReplaceLineEndings("\n")).Replace("\t", "    ", StringComparison.Ordinal);
}
