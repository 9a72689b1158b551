namespace Chat.Plugins.Moderation;

/// <summary>The rest of the line, which every one of these commands takes.</summary>
internal static class Reason
{
    public static CommandBuilder Reasoned(this CommandBuilder command) =>
        command.Remainder("motivo", p => p with { Required = false, Default = "", MaxLength = 200 });
}
