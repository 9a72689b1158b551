namespace Chat.Cli.Terminal;

/// <summary>Colours, if the terminal has them and NO_COLOR is not set.</summary>
internal sealed class Palette(bool isOn)
{
    /// <summary>Of the 256 colours, those with a contrast of 3 or more on black and on white.</summary>
    internal static readonly int[] Names =
        [25, 26, 27, 28, 29, 30, 31, 32, 33, 61, 62, 63, 64, 67, 93, 94, 96, 97, 98, 99, 127, 128, 129, 130, 131, 132, 133, 134, 136,
            160, 161, 162, 163, 164, 166, 167, 168, 169];

    public static Palette FromEnvironment(bool isTerminal) => new(
        isTerminal && Environment.GetEnvironmentVariable("NO_COLOR") is null or ""
            && Environment.GetEnvironmentVariable("TERM") is not "dumb");

    public string Dim(string text) => Paint(2, text);

    public string Alarm(string text) => Paint(31, text);

    /// <summary>The name of who mentions the user.</summary>
    public string Mention(string name) => isOn ? $"\e[1;7m{name}\e[0m" : $"»{name}";

    /// <summary>A name has the same colour in every run.</summary>
    public string Name(string name)
    {
        var sum = 17;
        foreach (var c in name.ToUpperInvariant()) sum = unchecked((sum * 31) + c);
        return isOn ? $"\e[38;5;{Names[(int)((uint)sum % Names.Length)]}m{name}\e[0m" : name;
    }

    private string Paint(int code, string text) => isOn ? $"\e[{code}m{text}\e[0m" : text;
}
