using System.Collections.Frozen;
using Chat.Daemon.Configuration;

namespace Chat.Daemon.Sessions;

/// <summary>The sentence of each refusal's code, which says what to do.</summary>
internal sealed class RefusalTexts(string language) : Texts(language)
{
    private static readonly FrozenDictionary<string, RefusalTexts> ByLanguage = Languages.ToFrozenDictionary(l => l, l => new RefusalTexts(l), StringComparer.OrdinalIgnoreCase);

    /// <summary>Those of a client's <c>lang</c>; of any regional form of English, and else of <paramref name="fallback"/>.</summary>
    public static RefusalTexts For(string? lang, string fallback) => lang switch
    {
        not null when ByLanguage.TryGetValue(lang, out var texts) => texts,
        not null when lang.StartsWith("en", StringComparison.OrdinalIgnoreCase) => ByLanguage["en"],
        not null when lang.StartsWith("pt", StringComparison.OrdinalIgnoreCase) => ByLanguage["pt-BR"],
        _ => ByLanguage[fallback],
    };

    public string Of(string code) => Text(code);
}
