using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Plugins;

/// <summary>What an operator is told of a plugin, in each language; safe to print. The log has the English one.</summary>
internal sealed record Sentence(string English, string Portuguese)
{
    public static Sentence Of(Func<PluginTexts, string> text) => new(Printable.Escape(text(PluginTexts.English)), Printable.Escape(text(PluginTexts.Portuguese)));

    /// <summary>Of somebody who speaks one language only, such as a compiler or a plugin's author.</summary>
    public static Sentence Quoted(string text) => new(Printable.Escape(text), Printable.Escape(text));

    public static Sentence operator +(Sentence first, Sentence next) => new($"{first.English} {next.English}", $"{first.Portuguese} {next.Portuguese}");

    /// <summary>English for those who chose it, Portuguese for all others.</summary>
    public string In(string language) => language == PluginTexts.English.Language ? English : Portuguese;

    public override string ToString() => English;
}
