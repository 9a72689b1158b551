using System.Text.Json;
using System.Text.RegularExpressions;

namespace Chat.House.Tests;

/// <summary>Texts for people are there in every language, each with the same places to fill in.</summary>
[TestClass]
public sealed class TextSetTests
{
    private static readonly string[] Languages = ["Texts.en.json", "Texts.pt-BR.json"];

    [TestMethod]
    public void AreThereInEveryLanguage() => Sets.SelectMany(set => Languages.Except(set.Select(f => f.Name)).Select(missing => $"{set.Key}/{missing}"))
        .AssertNone("Missing:");

    [TestMethod]
    public void SayTheSameInEveryLanguage() => Sets.SelectMany(set =>
        {
            var texts = set.Select(file => Read(file).Select(t => $"{t.Key} {Blanks(t.Value)}").ToHashSet()).ToList();
            return texts.SelectMany(one => texts.SelectMany(other => one.Except(other))).Distinct().Select(t => $"{set.Key}: {t}");
        })
        .AssertNone("These keys, or what is to be filled into their texts, are not the same in all languages:");

    [TestMethod]
    public void SaySomething() => Sets.SelectMany(set => set).SelectMany(file => Read(file).Where(t => string.IsNullOrWhiteSpace(t.Value)).Select(t => $"{file.Path}: {t.Key}"))
        .AssertNone("Empty texts:");

    private static ILookup<string, SourceFile> Sets => Repository.Files.Where(f => f.Name.StartsWith("Texts.", StringComparison.Ordinal) && f.Extension == ".json")
        .ToLookup(f => Path.GetDirectoryName(f.Path)!.Replace('\\', '/'));

    private static IEnumerable<(string Key, string Value)> Read(SourceFile file) => Read("", JsonDocument.Parse(file.Text).RootElement);

    private static IEnumerable<(string Key, string Value)> Read(string key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Read($"{key}/{p.Name}", p.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((v, i) => Read($"{key}/{i}", v)),
        _ => [(key, value.ToString())],
    };

    private static string Blanks(string text) => string.Join(' ', Regex.Matches(text, @"\{(\w+)[^{}]*\}").Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));
}
