using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Plugins;

/// <summary>A sentence about a plugin in both languages, safe to print. The log has the English one.</summary>
internal sealed record LocalizedText(string English, string Portuguese)
{
    public static LocalizedText Of(Func<PluginTexts, string> text) =>
        new(Printable.Escape(text(PluginTexts.English)), Printable.Escape(text(PluginTexts.Portuguese)));

    /// <summary>A text that exists in one language only, such as a compiler's or a plugin author's.</summary>
    public static LocalizedText Untranslated(string text) => new(Printable.Escape(text), Printable.Escape(text));

    /// <summary>Null if there are none.</summary>
    public static LocalizedText? Join(IEnumerable<LocalizedText?> sentences) =>
        sentences.Aggregate((LocalizedText?)null, (all, next) => all is null || next is null ? all ?? next : all + next);

    public static LocalizedText operator +(LocalizedText first, LocalizedText next) =>
        new($"{first.English} {next.English}", $"{first.Portuguese} {next.Portuguese}");

    public string In(string language) => language == PluginTexts.English.Language ? English : Portuguese;

    public override string ToString() => English;
}
