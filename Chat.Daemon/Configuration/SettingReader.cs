using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Chat.Protocol;

namespace Chat.Daemon.Configuration;

/// <summary>Declares settings and reads them in one pass: each call declares a setting and returns its value.</summary>
internal sealed class SettingReader(IReadOnlyList<SettingLayer> layers, SettingTexts texts)
{
    private readonly List<Setting> declared = [];
    private readonly List<SettingValue> values = [];
    private readonly List<string> problems = [.. layers.Select(layer => layer.Problem).OfType<string>()];

    private delegate bool Parse<T>(string text, out T value);

    public IReadOnlyList<SettingValue> Values => values;

    /// <summary>One sentence each. Use the values only if there are none.</summary>
    public IEnumerable<string> Problems => problems.Concat(UnknownKeys());

    public IReadOnlyList<Setting> Declared => declared;

    public int Integer(
        string key, int defaultValue, string unit, int min, int max, string reason, TakesEffect takesEffect = TakesEffect.AtOnce) =>
        ReadValue<int>(
            new(key, SettingType.Value, SettingJson.Of(defaultValue), unit, texts.WholeNumber(min, max), reason, takesEffect),
            defaultValue,
            (text, out value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
                && value >= min && value <= max);

    public bool Boolean(string key, bool defaultValue, string reason, TakesEffect takesEffect = TakesEffect.AtOnce) => ReadValue<bool>(
        new(key, SettingType.Value, SettingJson.Of(defaultValue), "", texts.TrueOrFalse, reason, takesEffect), defaultValue, bool.TryParse);

    /// <summary>A path, or empty.</summary>
    public string OptionalFile(string key, string reason) => ReadValue<string>(
        new(key, SettingType.Value, "\"\"", "", texts.PathOrEmpty, reason, TakesEffect.AtOnce), "", Anything);

    /// <summary>A password: never printed.</summary>
    public string Secret(string key, string reason, TakesEffect takesEffect = TakesEffect.AtOnce) => ReadValue<string>(
        new(key, SettingType.Secret, "\"\"", "", texts.AnyText, reason, takesEffect), "", Anything);

    /// <summary>The name of a node, or empty.</summary>
    public string OptionalNode(string key, string reason) => ReadValue<string>(
        new(key, SettingType.Value, "\"\"", "", texts.NodeOrEmpty, reason, TakesEffect.AtStart), "",
        (text, out value) => (value = text).Length == 0 || ClusterOptions.IsNode(text));

    public string Folder(string key, string defaultValue, string reason) => ReadValue<string>(
        new(key, SettingType.Value, SettingJson.Of(defaultValue), "", texts.Path, reason, TakesEffect.AtStart), defaultValue, IsPath);

    public RoomName Room(string key, string defaultValue, string reason) => ReadValue<RoomName>(
        new(key, SettingType.Value, SettingJson.Of(defaultValue), "", texts.Name, reason, TakesEffect.AtOnce),
        RoomName.TryParse(defaultValue, out var name) ? name : throw new ArgumentException(defaultValue, nameof(defaultValue)),
        RoomName.TryParse!);

    /// <summary>Null if off.</summary>
    public IPEndPoint? Address(string key, string defaultValue, string reason) => ReadValue<IPEndPoint?>(
        new(key, SettingType.Value, SettingJson.Of(defaultValue), "", texts.AddressOrOff, reason, TakesEffect.AtStart),
        ListenAddress.TryParse(defaultValue, out var address) ? address : null,
        (text, out value) => ListenAddress.TryParse(text, out value) || text.Equals("off", StringComparison.OrdinalIgnoreCase));

    public string Choice(
        string key, string defaultValue, IReadOnlyList<string> choices, string reason, TakesEffect takesEffect = TakesEffect.AtOnce)
    {
        var allowed = texts.OneOf(string.Join(", ", choices));
        return ReadValue<string>(
            new(key, SettingType.Value, SettingJson.Of(defaultValue), "", allowed, reason, takesEffect), defaultValue,
            (text, out value) =>
                (value = choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase))!) is not null);
    }

    /// <summary>A member of the enumeration, in lower case.</summary>
    public T Choice<T>(string key, T defaultValue, string reason, TakesEffect takesEffect = TakesEffect.AtOnce) where T : struct, Enum
    {
        List<string> choices = [.. Enum.GetNames<T>().Select(Lower)];
        return Enum.Parse<T>(Choice(key, Lower(defaultValue.ToString()), choices, reason, takesEffect), ignoreCase: true);
    }

    /// <summary>The strongest source that sets the list provides all of it; lists are not merged.</summary>
    public ImmutableArray<string> List(
        string key, ImmutableArray<string> defaultValue, string reason, TakesEffect takesEffect = TakesEffect.AtOnce)
    {
        var setting = Declare(new(key, SettingType.List, SettingJson.Of(defaultValue), "", texts.List, reason, takesEffect));
        return ListOf(setting, key, defaultValue);
    }

    /// <summary>Lists by name, such as the permissions of each role. Each name comes from the strongest source that has it.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> ListMap(
        string key, ImmutableDictionary<string, ImmutableArray<string>> defaultValue, string reason,
        TakesEffect takesEffect = TakesEffect.AtOnce)
    {
        var setting = Declare(new(key, SettingType.Map, SettingJson.Of(defaultValue), "", texts.ListMap, reason, takesEffect));
        var names = defaultValue.Keys.Concat(layers.SelectMany(layer => layer.NamesBelow(key)))
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (names.Count == 0) values.Add(new SettingValue(setting, key, [], texts.Default));
        return names.ToImmutableDictionary(
            name => name,
            name => ListOf(setting, $"{key}:{name}", defaultValue.GetValueOrDefault(name, [])),
            StringComparer.OrdinalIgnoreCase);
    }

    private static string Lower(string name) => name.ToLowerInvariant();

    private static bool Anything(string text, out string value) => (value = text) is not null;

    private static bool IsPath(
        string text, out string value) => !string.IsNullOrWhiteSpace(value = text) && !text.Contains('\0', StringComparison.Ordinal);

    private Setting Declare(Setting setting)
    {
        if (SettingTranslations.In(texts.Language).TryGetValue(setting.Key, out var words))
            setting = setting with { Unit = words.Unit ?? setting.Unit, Reason = words.Reason };
        declared.Add(setting);
        return setting;
    }

    private T ReadValue<T>(Setting setting, T defaultValue, Parse<T> parse)
    {
        setting = Declare(setting);
        if (layers.LastOrDefault(layer => layer.Entries.ContainsKey(setting.Key)) is not { } layer)
        {
            values.Add(new SettingValue(setting, setting.Key, [TextOf(setting.Default)], texts.Default));
            return defaultValue;
        }
        var text = layer.Entries[setting.Key];
        if (parse(text, out var value))
        {
            values.Add(new SettingValue(setting, setting.Key, [Normalize(value, text)], layer.Name));
            return value;
        }
        problems.Add(texts.NotAllowed(setting.Key, layer.Name, setting.Secret ? "***" : text, setting.RangeInWords));
        return defaultValue;
    }

    // Compares equal however it is written: False or FALSE is no change from false.
    private static string Normalize<T>(T value, string text) => value switch
    {
        bool or int => SettingJson.Of(value),
        string normal => normal,
        _ => text,
    };

    private ImmutableArray<string> ListOf(Setting setting, string key, ImmutableArray<string> defaultValue)
    {
        var layer = layers.LastOrDefault(layer => layer.ListAt(key) is not null);
        var entries = layer?.ListAt(key) ?? defaultValue;
        values.Add(new SettingValue(setting, key, entries, layer?.Name ?? texts.Default));
        if (entries.Any(string.IsNullOrWhiteSpace))
            problems.Add(texts.NotAllowed(key, layer?.Name ?? texts.Default, SettingJson.Of(entries), setting.RangeInWords));
        return [.. entries];
    }

    private IEnumerable<string> UnknownKeys() =>
        from layer in layers
        from key in layer.Entries.Keys.Order(StringComparer.OrdinalIgnoreCase)
        where !declared.Any(setting => setting.Owns(key))
        select texts.UnknownKey(key, layer.Name, NearestName.Of(key, declared.Select(setting => setting.Title))!);

    private static string TextOf(string json) => json.StartsWith('"') ? System.Text.Json.JsonSerializer.Deserialize<string>(json)! : json;
}
