using System.Collections.Frozen;
using System.Text.Json;

namespace Chat.Daemon.Configuration;

/// <summary>
/// Units and reasons of settings in other languages than English, which the declarations in code use. From
/// <c>Settings.LANGUAGE.json</c>; a test checks that every setting is there.
/// </summary>
internal static class SettingTranslations
{
    private static readonly FrozenDictionary<string, Words> Portuguese = Load("pt-BR");

    private static readonly FrozenDictionary<string, Words> None = FrozenDictionary<string, Words>.Empty;

    public static FrozenDictionary<string, Words> In(string language) => language == "pt-BR" ? Portuguese : None;

    private static FrozenDictionary<string, Words> Load(string language)
    {
        var name = $"{typeof(SettingTranslations).Namespace}.Settings.{language}.json";
        using var resource = typeof(SettingTranslations).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<Dictionary<string, Words>>(resource, JsonSerializerOptions.Web)!.ToFrozenDictionary();
    }

    /// <param name="Unit">Null if the setting has none.</param>
    internal sealed record Words(string Reason, string? Unit = null);
}
