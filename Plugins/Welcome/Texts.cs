namespace Chat.Plugins.Welcome;

/// <summary>What is said, to each in its language; the room's own text is as it was written.</summary>
internal static class Texts
{
    public static string Greeting(UserJoined to, string text) =>
        to.Language == "en" ? $"Welcome to the room {to.Room}, {to.User}! {text}" : $"Boas-vindas à sala {to.Room}, {to.User}! {text}";

    public static string Shown(CommandContext to, string? text) => text is null
        ? In(to, $"A sala {to.RequiredRoom} não cumprimenta quem chega.", $"The room {to.RequiredRoom} greets nobody.")
        : In(to, $"A sala {to.RequiredRoom} diz a quem chega: {text}", $"The room {to.RequiredRoom} says to who comes: {text}");

    private static string In(CommandContext to, string portuguese, string english) => to.Language == "en" ? english : portuguese;
}
