using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Chat.Daemon.Configuration;

/// <summary>
/// Texts for people in one language, from <c>Texts.LANGUAGE.json</c> beside the derived class. Each member is named as its text; its
/// parameters fill <c>{0}</c>, <c>{1}</c>, ….
/// </summary>
internal abstract class Texts
{
    private readonly FrozenDictionary<string, string> texts;

    /// <param name="language"><c>pt-BR</c> or <c>en</c>.</param>
    protected Texts(string language)
    {
        Language = language;
        using var resource = GetType().Assembly.GetManifestResourceStream($"{GetType().Namespace}.Texts.{language}.json")
            ?? throw new ArgumentException($"No texts in {language} beside {GetType().Name}.", nameof(language));
        texts = JsonSerializer.Deserialize<Dictionary<string, string>>(resource)!.ToFrozenDictionary();
    }

    /// <summary>Every text exists in these languages.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["pt-BR", "en"];

    public string Language { get; }

    /// <summary>The names of all texts; a test checks that both languages have the same.</summary>
    public IEnumerable<string> Keys => texts.Keys;

    /// <summary>Portuguese for a Portuguese culture, English for any other.</summary>
    public static string LanguageOf(CultureInfo culture) => culture.TwoLetterISOLanguageName == "pt" ? "pt-BR" : "en";

    protected string Text([CallerMemberName] string key = "") => texts[key];

    protected string Text(ReadOnlySpan<object?> fill, [CallerMemberName] string key = "") =>
        string.Format(CultureInfo.InvariantCulture, texts[key], fill);
}
