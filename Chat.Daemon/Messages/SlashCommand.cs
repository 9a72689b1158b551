namespace Chat.Daemon.Messages;

/// <summary>Tells commands from texts: <c>/x</c> is a command, <c>//x</c> is the text <c>/x</c>.</summary>
internal static class SlashCommand
{
    public static bool Is(string text) => text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal);

    /// <summary>The text as it is stored.</summary>
    public static string Unescape(string text) => text.StartsWith("//", StringComparison.Ordinal) ? text[1..] : text;
}
