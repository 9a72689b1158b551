using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Client.Programs;

/// <summary>The texts of a program in one language, from <c>Texts.LANGUAGE.json</c>. A derived class has a member for each key.</summary>
internal abstract partial class Texts
{
    private readonly FrozenDictionary<string, string> texts;
    private readonly CultureInfo culture;

    /// <param name="language"><c>pt-BR</c> or <c>en</c>.</param>
    /// <param name="culture">Formats numbers.</param>
    protected Texts(string language, CultureInfo culture)
    {
        this.culture = culture;
        using var resource = GetType().Assembly.GetManifestResourceStream($"{GetType().Namespace}.Texts.{language}.json")
            ?? throw new ArgumentException($"No texts in {language} beside {GetType().Name}.", nameof(language));
        texts = JsonSerializer.Deserialize(resource, TextJson.Default.DictionaryStringString)!.ToFrozenDictionary();
    }

    public static IReadOnlyList<string> Languages { get; } = ["pt-BR", "en"];

    /// <summary>For the test that compares keys and members.</summary>
    public IEnumerable<string> Keys => texts.Keys;

    /// <summary>Replaces characters that the terminal cannot show.</summary>
    protected virtual string Say(string text) => text;

    protected string Text([CallerMemberName] string key = "") => Say(texts[key]);

    protected string Text(ReadOnlySpan<object?> fill, [CallerMemberName] string key = "") => Say(string.Format(culture, texts[key], fill));

    [JsonSerializable(typeof(Dictionary<string, string>))]
    private sealed partial class TextJson : JsonSerializerContext;
}
