namespace Chat.Cli.Terminal;

/// <summary>Styles texts, if the terminal has colours and NO_COLOR is not set.</summary>
/// <param name="theme">The present one; null for none.</param>
internal sealed class Palette(Func<Theme>? theme)
{
    public static Palette FromEnvironment(bool isTerminal, Func<Theme> theme) => new(
        isTerminal && Environment.GetEnvironmentVariable("NO_COLOR") is null or ""
            && Environment.GetEnvironmentVariable("TERM") is not "dumb" ? theme : null);

    private Theme Theme => theme?.Invoke() ?? Theme.Named(ThemeName.None);

    /// <summary>Time, conversation and number of a message.</summary>
    public string Head(string text) => Paint(Theme.Head, text);

    public string Notice(string text) => Paint(Theme.Notice, text);

    public string Alarm(string text) => Paint(Theme.Error, text);

    /// <summary>The name of who mentions the user.</summary>
    public string Mention(string name) => Theme.Mention is { Length: > 0 } style ? Paint(style, name) : $"»{name}";

    public string Name(string name) => Paint(Theme.StyleOf(name), name);

    private static string Paint(string style, string text) => style.Length > 0 ? $"\e[{style}m{text}\e[0m" : text;
}
