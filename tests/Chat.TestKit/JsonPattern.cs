using System.Text.Json;
using System.Text.RegularExpressions;

namespace Chat.TestKit;

/// <summary>
/// A JSON document that others are compared with. The fields that it names must match; other fields are ignored. <c>"*"</c> matches any
/// value, <c>"$name"</c> captures a value or must equal the captured one, <c>"$$name"</c> is the text <c>$name</c>. <c>null</c> means an
/// absent field. An array must match entry by entry.
/// </summary>
internal static partial class JsonPattern
{
    /// <summary>Compares the text. Captures values only if everything matches.</summary>
    /// <returns>Null if it matches, otherwise the difference and its place.</returns>
    public static string? Difference(JsonElement pattern, string text, Dictionary<string, JsonElement> captured)
    {
        JsonElement actual;
        try
        {
            actual = JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException)
        {
            return "which is no JSON";
        }
        var found = new Dictionary<string, JsonElement>(captured);
        if (Difference(pattern, actual, "", found) is { } difference) return difference;
        foreach (var (name, value) in found) captured[name] = value;
        return null;
    }

    /// <summary>The text with each <c>"$name"</c> replaced by its captured value, and <c>"$$</c> by <c>"$</c>.</summary>
    /// <exception cref="ExpectationException">No value was captured under that name.</exception>
    public static string Fill(string raw, IReadOnlyDictionary<string, JsonElement> captured) => Reference().Replace(raw, match =>
        match.Groups["name"] is not { Success: true, Value: var name } ? "\"$"
        : captured.TryGetValue(name, out var value) ? value.GetRawText()
        : throw new ExpectationException($"${name} was not captured"));

    private static string? Difference(JsonElement pattern, JsonElement? actual, string path, Dictionary<string, JsonElement> captured) =>
        (pattern.ValueKind, actual) switch
        {
            (JsonValueKind.Null, null or { ValueKind: JsonValueKind.Null }) => null,
            (_, null) => $"without {Place(path)}",
            (JsonValueKind.Object, { ValueKind: JsonValueKind.Object } value) => OfFields(pattern, value, path, captured),
            (JsonValueKind.Array, { ValueKind: JsonValueKind.Array } value) => OfEntries(pattern, value, path, captured),
            (JsonValueKind.String, { } value) => OfText(pattern, value, path, captured),
            (_, { } value) => JsonElement.DeepEquals(pattern, value) ? null : Differs(pattern, value, path),
        };

    private static string? OfFields(JsonElement pattern, JsonElement actual, string path, Dictionary<string, JsonElement> captured)
    {
        foreach (var field in pattern.EnumerateObject())
        {
            JsonElement? value = actual.TryGetProperty(field.Name, out var found) ? found : null;
            if (Difference(field.Value, value, $"{path}.{field.Name}", captured) is { } difference) return difference;
        }
        return null;
    }

    private static string? OfEntries(JsonElement pattern, JsonElement actual, string path, Dictionary<string, JsonElement> captured)
    {
        if (pattern.GetArrayLength() != actual.GetArrayLength()) return Differs(pattern, actual, path);
        for (var i = 0; i < pattern.GetArrayLength(); i++)
            if (Difference(pattern[i], actual[i], $"{path}[{i}]", captured) is { } difference) return difference;
        return null;
    }

    private static string? OfText(JsonElement pattern, JsonElement actual, string path, Dictionary<string, JsonElement> captured)
    {
        var text = pattern.GetString()!;
        if (text == "*") return null;
        if (text.StartsWith("$$", StringComparison.Ordinal))
            return actual.ValueKind is JsonValueKind.String && actual.GetString() == text[1..] ? null : Differs(pattern, actual, path);
        if (text.Length < 2 || text[0] != '$') return JsonElement.DeepEquals(pattern, actual) ? null : Differs(pattern, actual, path);
        if (captured.TryGetValue(text[1..], out var known))
            return JsonElement.DeepEquals(known, actual) ? null : Differs(known, actual, path);
        captured[text[1..]] = actual;
        return null;
    }

    private static string Differs(JsonElement wanted, JsonElement actual, string path) =>
        $"where {Place(path)} is {actual.GetRawText()}, and not {wanted.GetRawText()}";

    private static string Place(string path) => path.Length == 0 ? "all" : path.TrimStart('.');

    [GeneratedRegex("""
        "\$\$|"\$(?<name>\w+)"
        """)]
    private static partial Regex Reference();
}
