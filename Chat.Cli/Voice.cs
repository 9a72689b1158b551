using Chat.Cli.Terminal;

namespace Chat.Cli;

/// <summary>How the program speaks to its user.</summary>
internal sealed record Voice(IScreen Screen, CliTexts Texts, Palette Palette)
{
    /// <summary>About what happens, not by whom.</summary>
    public void Note(string line) => Screen.Print(Palette.Dim(line));

    public void Refuse(string why) => Screen.Print(Palette.Alarm(Texts.Refused(why)));
}
