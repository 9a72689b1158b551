namespace Chat.Cli.Terminal;

/// <summary>Styles that a user has chosen. Null: the theme's.</summary>
internal sealed record OwnStyles
{
    public static readonly OwnStyles None = new();

    public string? Head { get; init; }

    public string? Notice { get; init; }

    public string? Error { get; init; }

    public string? Mention { get; init; }

    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Of single users, by their names in capitals.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>The theme with these styles. Without colours, there are none.</summary>
    public Theme Over(ThemeName name)
    {
        var theme = Theme.Named(name);
        return name is ThemeName.None ? theme : theme with
        {
            Head = Head ?? theme.Head,
            Notice = Notice ?? theme.Notice,
            Error = Error ?? theme.Error,
            Mention = Mention ?? theme.Mention,
            Names = Names ?? theme.Names,
            Users = Users,
        };
    }

    /// <summary>These styles, and those of <paramref name="weaker"/> where they are not given.</summary>
    public OwnStyles Over(OwnStyles weaker) => new()
    {
        Head = Head ?? weaker.Head,
        Notice = Notice ?? weaker.Notice,
        Error = Error ?? weaker.Error,
        Mention = Mention ?? weaker.Mention,
        Names = Names ?? weaker.Names,
        Users = Users.Concat(weaker.Users).DistinctBy(user => user.Key).ToDictionary(),
    };
}
