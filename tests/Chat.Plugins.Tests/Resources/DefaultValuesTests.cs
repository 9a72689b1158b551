using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Chat.Daemon.Plugins.Resources;

namespace Chat.Plugins.Tests.Resources;

/// <summary>A property that the file leaves out keeps its initial value, if that can be written at all.</summary>
[TestClass]
public sealed class DefaultValuesTests
{
    [TestMethod]
    public void WhatCannotBeWrittenStaysAsTheSerializerLeavesIt()
    {
        var odd = Read("{}", OddJson.Loose.Odd);
        Assert.AreEqual((7, null, 0.0), (odd.Count, odd.Secret, odd.Ratio));
        Assert.AreEqual(double.NaN, odd.NamedRatio);
        Assert.AreEqual("sesame", Read("""{ "secret": "sesame" }""", OddJson.Loose.Odd).Secret?.Text);
    }

    [TestMethod]
    public void WhatTheFileHasIsNotWritten()
    {
        var odd = Read("""{ "RATIO": 0.5 }""", OddJson.Loose.Odd);
        Assert.AreEqual((7, 0.5), (odd.Count, odd.Ratio));
    }

    [TestMethod]
    public void AListThatIsAddedToIsNotDoubled()
    {
        Assert.AreEqual("a", string.Join(' ', Read("{}", OddJson.Loose.Growing).Words));
        Assert.AreEqual("a b", string.Join(' ', Read("""{ "words": ["b"] }""", OddJson.Loose.Growing).Words));
    }

    [TestMethod]
    public void ARequiredObjectHasItsDefaultsToo() =>
        Assert.AreEqual(3, Read("""{ "limits": {} }""", OddJson.Loose.Strict).Limits.Most);

    [TestMethod]
    public void KeysOfADictionaryMayDifferInCaseAlone() =>
        Assert.HasCount(2, Read("""{ "words": { "a": 1, "A": 2 } }""", OddJson.Loose.Odd).Words);

    private static T Read<T>(string json, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(DefaultValues.FillIn(Encoding.UTF8.GetBytes(json), type), type)!;

    internal sealed class Odd
    {
        public int Count { get; init; } = 7;

        public Secret? Secret { get; init; } = new("x");

        public double Ratio { get; init; } = double.NaN;

        [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
        public double NamedRatio { get; init; } = double.NaN;

        public Dictionary<string, int> Words { get; init; } = [];
    }

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    internal sealed class Growing
    {
        public List<string> Words { get; set; } = ["a"];
    }

    internal sealed class Strict
    {
        public required Limits Limits { get; init; }
    }

    internal sealed class Limits
    {
        public int Most { get; init; } = 3;
    }

    [JsonConverter(typeof(OnlyReads))]
    internal sealed record Secret(string Text);

    internal sealed class OnlyReads : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
            throw new NotSupportedException();
    }
}

[JsonSerializable(typeof(DefaultValuesTests.Odd))]
[JsonSerializable(typeof(DefaultValuesTests.Growing))]
[JsonSerializable(typeof(DefaultValuesTests.Strict))]
internal sealed partial class OddJson : JsonSerializerContext
{
    public static OddJson Loose { get; } = new(new JsonSerializerOptions { PropertyNameCaseInsensitive = true });
}
