namespace Chat.Plugins.Moderation;

/// <summary>The answers of these commands, in the caller's language.</summary>
internal static class Texts
{
    public static string Kicked(CommandContext to, User user) =>
        In(to, $"Você tirou {user} da sala.", $"You removed {user} from the room.");

    public static string Banned(CommandContext to, string target, BanTime time) => time.Length is { } length
        ? In(
            to,
            $"Banimento registrado: {target}, por {DurationText.Format(length)}.",
            $"{target} is banned for {DurationText.Format(length)}.")
        : In(to, $"Banimento registrado: {target}, sem prazo.", $"{target} is banned until unbanned.");

    public static string Unbanned(CommandContext to, string target) =>
        In(to, $"Banimento retirado: {target}.", $"{target} is no longer banned.");

    public static string NotBanned(CommandContext to, string target) =>
        In(to, $"Não há banimento de {target}.", $"{target} was not banned.");

    public static string Muted(CommandContext to, User user, Room? room, TimeSpan duration) => room is null
        ? In(
            to,
            $"{user} não pode escrever em nenhuma sala por {DurationText.Format(duration)}.",
            $"{user} is muted in all rooms for {DurationText.Format(duration)}.")
        : In(
            to,
            $"{user} não pode escrever na sala {room} por {DurationText.Format(duration)}.",
            $"{user} is muted in the room {room} for {DurationText.Format(duration)}.");

    public static string Unmuted(CommandContext to, User user) => In(to, $"{user} pode escrever de novo.", $"{user} can write again.");

    public static string NotMuted(CommandContext to, User user) =>
        In(to, $"{user} já podia escrever aqui.", $"{user} was not muted here.");

    private static string In(CommandContext to, string portuguese, string english) => to.Language == "en" ? english : portuguese;
}
