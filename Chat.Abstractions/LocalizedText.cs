using System.Collections;

namespace Chat;

/// <summary>A text in several languages. A string converts to a text that is the same in every language.</summary>
public sealed class LocalizedText : IEnumerable<KeyValuePair<string, string>>
{
    /// <summary>Empty in every language.</summary>
    public static readonly LocalizedText None = new([]);

    private readonly KeyValuePair<string, string>[] texts;

    private LocalizedText(KeyValuePair<string, string>[] texts) => this.texts = texts;

    public bool IsEmpty => texts.Length == 0;

    public static implicit operator LocalizedText(string text) => new([new("", text)]);

    /// <param name="language"><c>pt-BR</c> or <c>en</c>.</param>
    public LocalizedText With(string language, string text) => new([.. texts.Where(t => t.Key != language), new(language, text)]);

    /// <summary>The text in this language, otherwise the first text; empty if there is none.</summary>
    public string In(string language)
    {
        foreach (var (key, text) in texts)
            if (key == language) return text;
        return texts is [var first, ..] ? first.Value : "";
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => texts.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
