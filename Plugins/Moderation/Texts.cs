namespace Chat.Plugins.Moderation;

/// <summary>The answers of these commands, in the caller's language.</summary>
internal static class Texts
{
    public static string Kicked(CommandContext to, User user) =>
        In(to, $"Você tirou {user} da sala.", $"You removed {user} from the room.");

    public static string DeletedMessages(CommandContext to, User user, int count) => count switch
    {
        0 => In(to, $"Não há mensagens recentes de {user} aqui.", $"{user} has no recent messages here."),
        1 => In(to, $"Uma mensagem de {user} apagada.", $"Deleted one message of {user}."),
        _ => In(to, $"{count} mensagens de {user} apagadas.", $"Deleted {count} messages of {user}."),
    };

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

    public static string NobodyBanned(CommandContext to) => In(to, "Ninguém está banido.", "Nobody is banned.");

    public static string NobodyMuted(CommandContext to) => In(to, "Ninguém está silenciado.", "Nobody is muted.");

    public static string NobodyMutedHere(CommandContext to) => In(to, "Ninguém está silenciado aqui.", "Nobody is muted here.");

    public static string Ban(CommandContext to, BanSummary ban) => Line(to, Target(ban), ban.Left, ban.By, ban.Reason);

    /// <param name="room">Null where the room goes without saying.</param>
    public static string Mute(CommandContext to, MuteSummary mute, Room? room) =>
        Line(to, Target(to, mute, room), mute.Left, mute.By, mute.Reason);

    private static string Target(BanSummary ban) => ban.Network is null ? ban.Target : $"{ban.Target} ({ban.Network})";

    private static string Target(CommandContext to, MuteSummary mute, Room? room) =>
        mute.IsEverywhere ? In(to, $"{mute.User} (todas as salas)", $"{mute.User} (all rooms)")
        : room is null ? mute.User
        : $"{mute.User} (#{room.Name})";

    private static string Line(CommandContext to, string target, TimeSpan? left, string by, string reason)
    {
        var because = reason.Length == 0 ? "" : $": {reason}";
        var time = left is { } length ? DurationText.FormatRounded(length) : In(to, "sem prazo", "no end");
        return In(to, $"{target} — {time}, por {by}{because}", $"{target} — {time}, by {by}{because}");
    }

    private static string In(CommandContext to, string portuguese, string english) => to.Language == "en" ? english : portuguese;
}
