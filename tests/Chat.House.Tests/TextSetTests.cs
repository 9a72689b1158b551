using System.Text.Json;
using System.Text.RegularExpressions;

namespace Chat.House.Tests;

/// <summary>User-visible texts exist in every language, with the same placeholders.</summary>
[TestClass]
public sealed class TextSetTests
{
    private static readonly string[] Languages = ["Texts.en.json", "Texts.pt-BR.json"];

    [TestMethod]
    public void EveryLanguageHasAFile() => Sets
        .SelectMany(set => Languages.Except(set.Select(file => file.Name)).Select(missing => $"{set.Key}/{missing}"))
        .AssertNone("These files are missing:");

    [TestMethod]
    public void EveryLanguageHasTheSameKeysAndPlaceholders() => Sets.SelectMany(set =>
        {
            var texts = set.Select(file => Read(file).Select(t => $"{t.Key} {Placeholders(t.Value)}").ToHashSet()).ToList();
            return texts.SelectMany(one => texts.SelectMany(other => one.Except(other))).Distinct().Select(t => $"{set.Key}: {t}");
        })
        .AssertNone("These keys are missing in one language, or their texts have other placeholders there:");

    [TestMethod]
    public void NoTextIsEmpty() => Sets.SelectMany(set => set)
        .SelectMany(file => Read(file).Where(text => string.IsNullOrWhiteSpace(text.Value)).Select(text => $"{file.Path}: {text.Key}"))
        .AssertNone("These texts are empty:");

    private static ILookup<string, SourceFile> Sets => Repository.Files
        .Where(file => file.Name.StartsWith("Texts.", StringComparison.Ordinal) && file.Extension == ".json")
        .ToLookup(file => Path.GetDirectoryName(file.Path)!.Replace('\\', '/'));

    private static IEnumerable<(string Key, string Value)> Read(SourceFile file) => Read("", JsonDocument.Parse(file.Text).RootElement);

    private static IEnumerable<(string Key, string Value)> Read(string key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Read($"{key}/{p.Name}", p.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((v, i) => Read($"{key}/{i}", v)),
        _ => [(key, value.ToString())],
    };

    private static string Placeholders(string text) => string.Join(
        ' ', Regex.Matches(text, @"\{(\w+)[^{}]*\}").Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));
}
