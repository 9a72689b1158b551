using System.Globalization;

namespace Chat.Plugins.Rooms;

/// <summary>The answers of <c>/buscar</c>, in the caller's language.</summary>
internal static class SearchTexts
{
    public static string Nothing(CommandContext to) => In(to, "Nenhuma mensagem encontrada.", "No messages found.");

    /// <summary>One line: the time in UTC, where, the number, the author and the excerpt.</summary>
    public static string Line(CommandContext to, FoundMessage message, string excerpt)
    {
        var place = message.Room ?? In(to, $"com {message.With}", $"with {message.With}");
        var at = message.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
        return $"{at} {place} #{message.Number} {message.From}: {excerpt}";
    }

    public static string More(CommandContext to, string before) => In(
        to,
        $"Há mais. Repita a busca com --antes {before}",
        $"There is more. Repeat the search with --before {before}");

    private static string In(CommandContext to, string portuguese, string english) => to.Language == "en" ? english : portuguese;
}
