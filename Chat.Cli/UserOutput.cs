using Chat.Cli.Terminal;

namespace Chat.Cli;

/// <summary>Writes to the user's screen.</summary>
internal sealed record UserOutput(IScreen Screen, CliTexts Texts, Palette Palette)
{
    /// <summary>Prints a notice.</summary>
    public void Note(string line) => Screen.Print(Palette.Notice(line));

    /// <param name="text">Of a user: its further lines are indented, as in <see cref="IScreen.Print(string, string)"/>.</param>
    public void Note(string head, string text) => Screen.Print(Palette.Notice(head), Palette.Notice(text));

    public void Refuse(string why) => Screen.Print(Palette.Alarm(Texts.Refused(why)));
}
