using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Client.Programs;

namespace Chat.Cli.Configuration;

/// <summary>Settings of the configuration file, for all runs or for one profile. Null: not given.</summary>
internal sealed record ProfileOptions
{
    public DaemonAddresses? Connect { get; init; }

    public bool? Tls { get; init; }

    /// <summary>The full path of a PEM file: use TLS, and trust only these certificates.</summary>
    public string? Ca { get; init; }

    public string? User { get; init; }

    public IReadOnlyList<string>? Rooms { get; init; }

    /// <summary>For the shell. The first line that it prints is the password of this user at this daemon, and of no other.</summary>
    public string? PasswordCommand { get; init; }

    public string? Language { get; init; }

    public bool? Numbers { get; init; }

    public bool? Joins { get; init; }

    public NotifyBy? Notify { get; init; }

    /// <summary>By conversation.</summary>
    public IReadOnlyDictionary<Conversation, NotifyLevel> Levels { get; init; } = new Dictionary<Conversation, NotifyLevel>();

    /// <summary>Of all other conversations.</summary>
    public NotifyLevel? DefaultLevel { get; init; }

    public ThemeName? Theme { get; init; }

    public OwnStyles Styles { get; init; } = OwnStyles.None;

    /// <summary>What a slash and the name stand for.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    /// <summary>Actions or lines, by keys.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    /// <summary>These settings, and those of <paramref name="weaker"/> where they are not given.</summary>
    public ProfileOptions Over(ProfileOptions weaker) => new()
    {
        Connect = Connect ?? weaker.Connect,
        Tls = Tls ?? weaker.Tls,
        Ca = Ca ?? weaker.Ca,
        User = User ?? weaker.User,
        Rooms = Rooms ?? weaker.Rooms,
        PasswordCommand = PasswordCommand ?? (Connect is null && User is null ? weaker.PasswordCommand : null),
        Language = Language ?? weaker.Language,
        Numbers = Numbers ?? weaker.Numbers,
        Joins = Joins ?? weaker.Joins,
        Notify = Notify ?? weaker.Notify,
        Levels = Merge(Levels, weaker.Levels),
        DefaultLevel = DefaultLevel ?? weaker.DefaultLevel,
        Theme = Theme ?? weaker.Theme,
        Styles = Styles.Over(weaker.Styles),
        Aliases = Merge(Aliases, weaker.Aliases),
        Keys = Merge(Keys, weaker.Keys),
    };

    public DialogueSettings ToSettings() => new(Styles)
    {
        ShowsNumbers = Numbers ?? true,
        ShowsJoins = Joins ?? true,
        Notify = Notify ?? NotifyBy.Bell,
        Levels = Levels,
        DefaultLevel = DefaultLevel ?? NotifyLevel.Mentions,
        ThemeName = Theme ?? ThemeName.Auto,
        Aliases = Aliases,
    };

    private static Dictionary<TKey, TValue> Merge<TKey, TValue>(
        IReadOnlyDictionary<TKey, TValue> stronger, IReadOnlyDictionary<TKey, TValue> weaker) where TKey : notnull =>
        stronger.Concat(weaker).DistinctBy(setting => setting.Key).ToDictionary();
}
