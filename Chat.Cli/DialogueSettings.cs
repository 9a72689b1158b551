using System.Collections.Concurrent;
using Chat.Cli.Terminal;
using Chat.Client;

namespace Chat.Cli;

/// <summary>Settings of the configuration file that <c>/set</c> changes while the client runs. Thread-safe.</summary>
/// <param name="styles">The user's own, over those of each theme.</param>
internal sealed class DialogueSettings(OwnStyles styles)
{
    private readonly ConcurrentDictionary<Conversation, NotifyLevel> levels = new();
    private volatile bool showsNumbers = true, showsJoins = true;
    private volatile NotifyBy notify = NotifyBy.Bell;
    private volatile ThemeName themeName = ThemeName.Auto;
    private volatile Theme theme = styles.Over(ThemeName.Auto);

    public DialogueSettings() : this(OwnStyles.None)
    {
    }

    /// <summary>Whether each message shows its number.</summary>
    public bool ShowsNumbers
    {
        get => showsNumbers;
        set => showsNumbers = value;
    }

    /// <summary>Whether to show who joins and leaves.</summary>
    public bool ShowsJoins
    {
        get => showsJoins;
        set => showsJoins = value;
    }

    public NotifyBy Notify
    {
        get => notify;
        set => notify = value;
    }

    public ThemeName ThemeName
    {
        get => themeName;
        set => (themeName, theme) = (value, styles.Over(value));
    }

    public Theme Theme => theme;

    /// <summary>Of the conversations without one of their own.</summary>
    public NotifyLevel DefaultLevel { get; init; } = NotifyLevel.Mentions;

    /// <summary>By conversation.</summary>
    public IReadOnlyDictionary<Conversation, NotifyLevel> Levels
    {
        init
        {
            foreach (var (conversation, level) in value) levels[conversation] = level;
        }
    }

    /// <summary>What a slash and the name stand for.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    public NotifyLevel LevelOf(Conversation conversation) => levels.GetValueOrDefault(conversation, DefaultLevel);

    /// <summary>The line with the text of an alias in place of its name, if it begins with one.</summary>
    public string Expand(string line)
    {
        if (Aliases.Count == 0 || !line.StartsWith('/')) return line;
        var end = line.AsSpan().IndexOfAny(' ', '\n', '\t') is > 0 and var space ? space : line.Length;
        return Aliases.TryGetValue(line[1..end], out var text) ? text + line[end..] : line;
    }

    /// <summary>Names and present values, for <c>/set</c>.</summary>
    /// <param name="place">Whose level to show; null for none.</param>
    public IEnumerable<(string Name, string Value)> All(Conversation? place)
    {
        yield return ("numbers", OnOff(ShowsNumbers));
        yield return ("joins", OnOff(ShowsJoins));
        yield return ("notify", Choice.Name(Notify));
        yield return ("theme", Choice.Name(ThemeName));
        if (place is not null) yield return ($"level {place}", Choice.Name(LevelOf(place)));
    }

    /// <summary>False if there is no such setting or value.</summary>
    /// <param name="place">Whose level to change; null for none.</param>
    public bool TrySet(string name, string value, Conversation? place)
    {
        var isOn = value == "on";
        switch (name)
        {
            case "numbers" when isOn || value == "off": ShowsNumbers = isOn; return true;
            case "joins" when isOn || value == "off": ShowsJoins = isOn; return true;
            case "notify" when Choice.TryParse<NotifyBy>(value, out var by): Notify = by; return true;
            case "theme" when Choice.TryParse<ThemeName>(value, out var chosen): ThemeName = chosen; return true;
            case "level" when place is not null && Choice.TryParse<NotifyLevel>(value, out var level):
                levels[place] = level;
                return true;
            default: return false;
        }
    }

    private static string OnOff(bool value) => value ? "on" : "off";
}
