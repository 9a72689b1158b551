namespace Chat.Plugins.Moderation;

/// <summary>What these commands answer, to each caller in its language.</summary>
internal static class Texts
{
    public static string Kicked(CommandContext to, User user) => In(to, $"{user} saiu da sala.", $"{user} is out of the room.");

    public static string Banned(CommandContext to, string target, BanTime time) => time.Length is { } length
        ? In(to, $"{target} está banido por {DurationText.Format(length)}.", $"{target} is banned for {DurationText.Format(length)}.")
        : In(to, $"{target} está banido até que alguém o desbana.", $"{target} is banned until somebody unbans it.");

    public static string Unbanned(CommandContext to, string target) => In(to, $"{target} não está mais banido.", $"{target} is banned no longer.");

    public static string NotBanned(CommandContext to, string target) => In(to, $"{target} não estava banido.", $"{target} was not banned.");

    public static string Muted(CommandContext to, User user, Room? room, TimeSpan duration) => room is null
        ? In(to, $"{user} não fala em sala nenhuma por {DurationText.Format(duration)}.", $"{user} is silent in all rooms for {DurationText.Format(duration)}.")
        : In(to, $"{user} não fala na sala {room} por {DurationText.Format(duration)}.", $"{user} is silent in the room {room} for {DurationText.Format(duration)}.");

    public static string Unmuted(CommandContext to, User user) => In(to, $"{user} pode falar de novo.", $"{user} may speak again.");

    public static string NotMuted(CommandContext to, User user) => In(to, $"{user} não estava calado aqui.", $"{user} was not silent here.");

    private static string In(CommandContext to, string portuguese, string english) => to.Language == "en" ? english : portuguese;
}
