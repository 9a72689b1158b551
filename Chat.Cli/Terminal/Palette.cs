namespace Chat.Cli.Terminal;

/// <summary>Colours, if the terminal has them and NO_COLOR is not set.</summary>
internal sealed class Palette(bool isOn)
{
    private static readonly int[] Names = [31, 32, 33, 34, 35, 36, 91, 92, 93, 94, 95, 96];

    public static Palette FromEnvironment(bool isTerminal) => new(
        isTerminal && Environment.GetEnvironmentVariable("NO_COLOR") is null or ""
            && Environment.GetEnvironmentVariable("TERM") is not "dumb");

    public string Dim(string text) => Paint(2, text);

    public string Alarm(string text) => Paint(31, text);

    /// <summary>A name has the same colour in every run.</summary>
    public string Name(string name)
    {
        var sum = 17;
        foreach (var c in name.ToUpperInvariant()) sum = unchecked((sum * 31) + c);
        return Paint(Names[(int)((uint)sum % Names.Length)], name);
    }

    private string Paint(int code, string text) => isOn ? $"\e[{code}m{text}\e[0m" : text;
}
