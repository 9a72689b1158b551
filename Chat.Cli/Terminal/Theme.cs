using System.Globalization;

namespace Chat.Cli.Terminal;

/// <summary>Styles, as parameters of the sequences that begin them.</summary>
/// <param name="Head">Time, conversation and number of a message.</param>
/// <param name="Mention">The name of who mentions the user.</param>
/// <param name="Names">Each name has one of them.</param>
internal sealed record Theme(string Head, string Notice, string Error, string Mention, IReadOnlyList<string> Names)
{
    /// <summary>Of the 256 colours, those with a contrast of 3 or more on black and on white.</summary>
    private static readonly byte[] Everywhere =
        [25, 26, 27, 28, 29, 30, 31, 32, 33, 61, 62, 63, 64, 67, 93, 94, 96, 97, 98, 99, 127, 128, 129, 130, 131, 132, 133, 134, 136,
            160, 161, 162, 163, 164, 166, 167, 168, 169];

    /// <summary>With a contrast of 5 or more on nearly black (<c>#1c1c1c</c>).</summary>
    private static readonly byte[] OnDark =
        [34, 36, 38, 39, 42, 44, 45, 69, 71, 73, 75, 77, 79, 81, 104, 107, 110, 113, 115, 136, 140, 142, 148, 153, 170, 172, 174, 176,
            178, 180, 184, 202, 204, 208, 210, 212, 214, 216, 220, 222];

    /// <summary>With a contrast of 5 or more on white.</summary>
    private static readonly byte[] OnLight =
        [18, 19, 20, 22, 23, 24, 25, 26, 27, 52, 53, 54, 55, 56, 57, 58, 61, 62, 88, 89, 90, 91, 92, 93, 94, 124, 125, 126, 127, 128, 160,
            161];

    private static readonly Dictionary<ThemeName, Theme> All = new()
    {
        [ThemeName.Auto] = new("2", "2", "31", "1;7", Of(Everywhere)),
        [ThemeName.Dark] = new("38;5;245", "38;5;245", "38;5;203", "1;7", Of(OnDark)),
        [ThemeName.Light] = new("38;5;241", "38;5;241", "38;5;124", "1;7", Of(OnLight)),
        [ThemeName.None] = new("", "", "", "", []),
    };

    /// <summary>Styles of single users, by their names in capitals.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    public static Theme Named(ThemeName name) => All[name];

    /// <summary>A name has the same style in every run.</summary>
    public string StyleOf(string name)
    {
        var capitals = name.ToUpperInvariant();
        if (Users.TryGetValue(capitals, out var own)) return own;
        var sum = 17;
        foreach (var c in capitals) sum = unchecked((sum * 31) + c);
        return Names.Count == 0 ? "" : Names[(int)((uint)sum % Names.Count)];
    }

    private static string[] Of(byte[] colours) => [.. colours.Select(c => string.Create(CultureInfo.InvariantCulture, $"38;5;{c}"))];
}
