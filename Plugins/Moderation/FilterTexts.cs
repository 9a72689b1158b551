namespace Chat.Plugins.Moderation;

/// <summary>What the filters and their commands say, to each in its language.</summary>
internal static class FilterTexts
{
    public static string BlockedWord(Draft draft, string word) => In(draft.Language, $"A palavra \"{word}\" não é aceita aqui.", $"The word \"{word}\" is not accepted here.");

    public static string Slow(Draft draft, TimeSpan wait)
    {
        var time = DurationText.Format(TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)));
        return In(draft.Language, $"Modo lento: espere {time}.", $"Slow mode: wait {time}.");
    }

    public static string Blocked(CommandContext to, string word) => In(to.Language, $"A palavra \"{word}\" está bloqueada.", $"The word \"{word}\" is blocked.");

    public static string Allowed(CommandContext to, string word) => In(to.Language, $"A palavra \"{word}\" está liberada.", $"The word \"{word}\" is allowed.");

    public static string NotBlocked(CommandContext to, string word) => In(to.Language, $"A palavra \"{word}\" não estava bloqueada.", $"The word \"{word}\" was not blocked.");

    public static string OneWord(CommandContext to) => In(to.Language, "Diga uma só palavra, de letras e dígitos.", "Say a single word, of letters and digits.");

    public static string TooManyWords(CommandContext to) => In(to.Language, $"Já há {WordList.Most} palavras bloqueadas: libere uma antes.", $"{WordList.Most} words are blocked already: allow one first.");

    public static string BlockedWords(CommandContext to, IReadOnlyList<string> words) => words.Count == 0
        ? In(to.Language, "Nenhuma palavra está bloqueada.", "No word is blocked.")
        : In(to.Language, $"Palavras bloqueadas ({words.Count}): {string.Join(", ", words)}", $"Blocked words ({words.Count}): {string.Join(", ", words)}");

    public static string Pause(CommandContext to, TimeSpan pause) => pause == TimeSpan.Zero
        ? In(to.Language, $"A sala {to.RequiredRoom} não está em modo lento.", $"The room {to.RequiredRoom} is not in slow mode.")
        : In(to.Language, $"Na sala {to.RequiredRoom} cada um escreve uma vez a cada {DurationText.Format(pause)}.", $"In the room {to.RequiredRoom} everybody writes once every {DurationText.Format(pause)}.");

    public static string TooManySlowRooms(CommandContext to) => In(to.Language, "Salas demais estão em modo lento.", "Too many rooms are in slow mode.");

    private static string In(string language, string portuguese, string english) => language == "en" ? english : portuguese;
}
