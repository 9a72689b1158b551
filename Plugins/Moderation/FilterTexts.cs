namespace Chat.Plugins.Moderation;

/// <summary>The texts of the filters and their commands, in each user's language.</summary>
internal static class FilterTexts
{
    public static string BlockedWord(Draft draft, string word) =>
        In(draft.Language, $"A palavra \"{word}\" não é permitida aqui.", $"The word \"{word}\" is not allowed here.");

    public static string Slow(Draft draft, TimeSpan wait)
    {
        var time = DurationText.Format(TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)));
        return In(draft.Language, $"Modo lento: espere {time}.", $"Slow mode: wait {time}.");
    }

    public static string Blocked(CommandContext to, string word) =>
        In(to.Language, $"Palavra bloqueada: \"{word}\".", $"Blocked the word \"{word}\".");

    public static string Allowed(CommandContext to, string word) =>
        In(to.Language, $"Palavra liberada: \"{word}\".", $"Unblocked the word \"{word}\".");

    public static string NotBlocked(CommandContext to, string word) =>
        In(to.Language, $"A palavra \"{word}\" não estava bloqueada.", $"The word \"{word}\" was not blocked.");

    public static string OneWord(CommandContext to) =>
        In(to.Language, "Informe uma única palavra, só com letras e dígitos.", "Give a single word of letters and digits.");

    public static string TooManyWords(CommandContext to) =>
        In(
            to.Language,
            $"Já há {WordList.Most} palavras bloqueadas. Libere uma antes.",
            $"{WordList.Most} words are already blocked. Unblock one first.");

    public static string BlockedWords(CommandContext to, IReadOnlyList<string> words) => words.Count == 0
        ? In(to.Language, "Nenhuma palavra bloqueada.", "No blocked words.")
        : In(
            to.Language,
            $"Palavras bloqueadas ({words.Count}): {string.Join(", ", words)}",
            $"Blocked words ({words.Count}): {string.Join(", ", words)}");

    public static string Pause(CommandContext to, TimeSpan pause) => pause == TimeSpan.Zero
        ? In(to.Language, $"A sala {to.RequiredRoom} não está em modo lento.", $"The room {to.RequiredRoom} is not in slow mode.")
        : In(
            to.Language,
            $"Modo lento na sala {to.RequiredRoom}: uma mensagem a cada {DurationText.Format(pause)}.",
            $"Slow mode in the room {to.RequiredRoom}: one message every {DurationText.Format(pause)}.");

    public static string TooManySlowRooms(CommandContext to) =>
        In(to.Language, "Há salas demais em modo lento.", "Too many rooms are in slow mode.");

    private static string In(string language, string portuguese, string english) => language == "en" ? english : portuguese;
}
