using Chat.Cli.Terminal;

namespace Chat.Cli;

/// <summary>Writes to the user's screen.</summary>
internal sealed record UserOutput(IScreen Screen, CliTexts Texts, Palette Palette)
{
    /// <summary>Prints a notice, dimmed.</summary>
    public void Note(string line) => Screen.Print(Palette.Dim(line));

    public void Refuse(string why) => Screen.Print(Palette.Alarm(Texts.Refused(why)));
}
