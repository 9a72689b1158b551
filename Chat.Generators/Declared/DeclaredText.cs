namespace Chat.Generators.Declared;

/// <summary>Texts by language. The text of the empty language, if any, comes first.</summary>
internal sealed record DeclaredText(EquatableArray<KeyValuePair<string, string>> ByLanguage)
{
    public bool IsEmpty => ByLanguage.Count == 0;

    public string First => ByLanguage.Count == 0 ? "" : ByLanguage[0].Value;
}
