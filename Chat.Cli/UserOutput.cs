using Chat.Cli.Terminal;

namespace Chat.Cli;

/// <summary>Writes to the user's screen.</summary>
internal sealed record UserOutput(IScreen Screen, CliTexts Texts, Palette Palette)
{
    /// <summary>Prints a notice, dimmed.</summary>
    public void Note(string line) => Screen.Print(Palette.Dim(line));

    /// <param name="text">Of a user: its further lines are indented, as in <see cref="IScreen.Print(string, string)"/>.</param>
    public void Note(string head, string text) => Screen.Print(Palette.Dim(head), Palette.Dim(text));

    public void Refuse(string why) => Screen.Print(Palette.Alarm(Texts.Refused(why)));
}
