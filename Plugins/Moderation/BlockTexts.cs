namespace Chat.Plugins.Moderation;

/// <summary>The answers of the commands about the caller's own list, in the caller's language.</summary>
internal static class BlockTexts
{
    public static string Blocked(CommandContext to, User user) =>
        In(to, $"Você bloqueou {user}.", $"You have blocked {user}.");

    public static string Unblocked(CommandContext to, string user) =>
        In(to, $"Você desbloqueou {user}.", $"You have unblocked {user}.");

    public static string NotBlocked(CommandContext to, string user) =>
        In(to, $"{user} não está bloqueado. Veja a lista com /bloqueados.", $"{user} is not blocked. See the list with /blocks.");

    public static string List(CommandContext to, IReadOnlyList<string> names) => names.Count == 0
        ? In(to, "Você não bloqueou ninguém.", "You have not blocked anybody.")
        : In(to, $"Bloqueados ({names.Count}): {string.Join(", ", names)}", $"Blocked ({names.Count}): {string.Join(", ", names)}");

    private static string In(CommandContext to, string portuguese, string english) => to.Language == "en" ? english : portuguese;
}
