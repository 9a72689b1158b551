namespace Chat.Plugins.Welcome;

/// <summary>The texts of this plugin, in the user's language. The room's own message stays as written.</summary>
internal static class Texts
{
    public static string Greeting(UserJoined to, string text) =>
        In(to.Language, $"Boas-vindas à sala {to.Room}, {to.User}! {text}", $"Welcome to the room {to.Room}, {to.User}! {text}");

    public static string Shown(CommandContext to, string? text) => text is null
        ? In(to.Language, $"A sala {to.RequiredRoom} não tem boas-vindas.", $"The room {to.RequiredRoom} has no welcome message.")
        : In(to.Language, $"Boas-vindas da sala {to.RequiredRoom}: {text}", $"Welcome message of the room {to.RequiredRoom}: {text}");

    private static string In(string language, string portuguese, string english) => language == "en" ? english : portuguese;
}
