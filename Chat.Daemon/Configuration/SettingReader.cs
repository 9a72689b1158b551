using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Chat.Protocol;

namespace Chat.Daemon.Configuration;

/// <summary>Declares the settings and reads them in the same pass. Whoever asks it for a value has declared the setting: there is no second list to keep.</summary>
internal sealed class SettingReader(IReadOnlyList<SettingLayer> layers, SettingTexts texts)
{
    private readonly List<Setting> declared = [];
    private readonly List<SettingValue> values = [];
    private readonly List<string> problems = [.. layers.Select(layer => layer.Problem).OfType<string>()];

    private delegate bool Parse<T>(string text, out T value);

    public IReadOnlyList<SettingValue> Values => values;

    /// <summary>One sentence each. The values are of use only if there is none.</summary>
    public IEnumerable<string> Problems => problems.Concat(UnknownKeys());

    public IReadOnlyList<Setting> Declared => declared;

    public int Whole(string key, int standard, string unit, int min, int max, string reason, Takes takes = Takes.AtOnce) =>
        One<int>(new(key, SettingShape.One, SettingJson.Of(standard), unit, texts.WholeNumber(min, max), reason, takes), standard,
            (text, out value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= min && value <= max);

    public bool Switch(string key, bool standard, string reason, Takes takes = Takes.AtOnce) =>
        One<bool>(new(key, SettingShape.One, SettingJson.Of(standard), "", texts.TrueOrFalse, reason, takes), standard, bool.TryParse);

    /// <summary>A file that need not be named: then empty.</summary>
    public string OptionalFile(string key, string reason) =>
        One<string>(new(key, SettingShape.One, "\"\"", "", texts.PathOrEmpty, reason, Takes.AtOnce), "", Anything);

    /// <summary>Text that nothing prints: a password.</summary>
    public string Secret(string key, string reason, Takes takes = Takes.AtOnce) =>
        One<string>(new(key, SettingShape.Secret, "\"\"", "", texts.AnyText, reason, takes), "", Anything);

    public string Folder(string key, string standard, string reason) =>
        One<string>(new(key, SettingShape.One, SettingJson.Of(standard), "", texts.Path, reason, Takes.AtStart), standard, IsPath);

    public RoomName Room(string key, string standard, string reason) =>
        One<RoomName>(new(key, SettingShape.One, SettingJson.Of(standard), "", texts.Name, reason, Takes.AtOnce),
            RoomName.TryParse(standard, out var name) ? name : throw new ArgumentException(standard, nameof(standard)), RoomName.TryParse!);

    /// <summary>Null is off.</summary>
    public IPEndPoint? Address(string key, string standard, string reason) =>
        One<IPEndPoint?>(new(key, SettingShape.One, SettingJson.Of(standard), "", texts.AddressOrOff, reason, Takes.AtStart),
            ListenAddress.TryParse(standard, out var address) ? address : null,
            (text, out value) => ListenAddress.TryParse(text, out value) || text.Equals("off", StringComparison.OrdinalIgnoreCase));

    public string Choice(string key, string standard, IReadOnlyList<string> choices, string reason, Takes takes = Takes.AtOnce) =>
        One<string>(new(key, SettingShape.One, SettingJson.Of(standard), "", texts.OneOf(string.Join(", ", choices)), reason, takes), standard,
            (text, out value) => (value = choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase))!) is not null);

    /// <summary>The members of the enumeration, in lower case.</summary>
    public T Choice<T>(string key, T standard, string reason, Takes takes = Takes.AtOnce) where T : struct, Enum =>
        Enum.Parse<T>(Choice(key, Lower(standard.ToString()), [.. Enum.GetNames<T>().Select(Lower)], reason, takes), ignoreCase: true);

    /// <summary>The strongest source that names the list gives all of it: lists of two sources are not mixed.</summary>
    public ImmutableArray<string> List(string key, ImmutableArray<string> standard, string reason, Takes takes = Takes.AtOnce)
    {
        var setting = Declare(new(key, SettingShape.List, SettingJson.Of(standard), "", texts.List, reason, takes));
        return ListOf(setting, key, standard);
    }

    /// <summary>Lists by names of the operator's choice, such as the permissions of each role. Each name is taken from the strongest source that has it.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> ListMap(
        string key, ImmutableDictionary<string, ImmutableArray<string>> standard, string reason, Takes takes = Takes.AtOnce)
    {
        var setting = Declare(new(key, SettingShape.Map, SettingJson.Of(standard), "", texts.ListMap, reason, takes));
        return standard.Keys.Concat(layers.SelectMany(layer => layer.NamesBelow(key)))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToImmutableDictionary(name => name, name => ListOf(setting, $"{key}:{name}", standard.GetValueOrDefault(name, [])), StringComparer.OrdinalIgnoreCase);
    }

    private static string Lower(string name) => name.ToLowerInvariant();

    private static bool Anything(string text, out string value) => (value = text) is not null;

    private static bool IsPath(string text, out string value) => !string.IsNullOrWhiteSpace(value = text) && !text.Contains('\0', StringComparison.Ordinal);

    private Setting Declare(Setting setting)
    {
        declared.Add(setting);
        return setting;
    }

    private T One<T>(Setting setting, T standard, Parse<T> parse)
    {
        Declare(setting);
        if (layers.LastOrDefault(layer => layer.Entries.ContainsKey(setting.Key)) is not { } layer)
        {
            values.Add(new SettingValue(setting, setting.Key, [TextOf(setting.Default)], texts.Default));
            return standard;
        }
        var text = layer.Entries[setting.Key];
        if (parse(text, out var value))
        {
            values.Add(new SettingValue(setting, setting.Key, [Uniform(value, text)], layer.Name));
            return value;
        }
        problems.Add(texts.NotAllowed(setting.Key, layer.Name, setting.Secret ? "***" : text, setting.RangeInWords));
        return standard;
    }

    // One value, one text: false, False and FALSE are no change.
    private static string Uniform<T>(T value, string text) => value switch
    {
        bool or int => SettingJson.Of(value),
        string uniform => uniform,
        _ => text,
    };

    private ImmutableArray<string> ListOf(Setting setting, string key, ImmutableArray<string> standard)
    {
        var layer = layers.LastOrDefault(layer => layer.ListAt(key) is not null);
        var entries = layer?.ListAt(key) ?? standard;
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
