namespace Chat.Cli.Terminal;

/// <summary>Writes notifications as control sequences.</summary>
internal static class Notification
{
    /// <summary>UTF-16 units of the text; a notification shows no more.</summary>
    private const int Longest = 200;

    public static string Sequence(NotifyBy by, string title, string text) => by switch
    {
        NotifyBy.Bell => "\a",
        NotifyBy.Osc9 => $"\e]9;{Safe(title)}: {Safe(text)}\a",
        NotifyBy.Osc777 => $"\e]777;notify;{Safe(title)};{Safe(text)}\a",
        _ => "",
    };

    /// <summary>Without what could end the sequence, or divide its fields.</summary>
    private static string Safe(string text)
    {
        var line = LineFormat.Clean(text).Replace(';', ',');
        if (line.Length <= Longest) return line;
        return line[..(char.IsHighSurrogate(line[Longest - 1]) ? Longest - 1 : Longest)] + "…";
    }
}
