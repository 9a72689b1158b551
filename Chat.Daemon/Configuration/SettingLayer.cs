namespace Chat.Daemon.Configuration;

/// <summary>The settings of one source: full keys and values. A source that cannot be read has a problem and no entries.</summary>
/// <param name="Name">As shown to the operator: a path, "environment" or "command line".</param>
internal sealed record SettingLayer(string Name, IReadOnlyDictionary<string, string> Entries, string? Problem = null)
{
    public static SettingLayer Of(string name, IEnumerable<KeyValuePair<string, string>> entries)
    {
        var byKey = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in entries)
            byKey[key] = value;
        return new SettingLayer(name, byKey);
    }

    public static SettingLayer Broken(string name, string problem) => Of(name, []) with { Problem = problem };

    /// <summary>
    /// The entries of a list, in order; null if this layer does not set it. A single value is a list of one, an empty value an empty list.
    /// </summary>
    public IReadOnlyList<string>? ListAt(string key)
    {
        var below = Entries.Where(entry => entry.Key.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase))
            .OrderBy(entry => entry.Key.Length).ThenBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase)
            .Select(entry => entry.Value).ToList();
        if (below.Count > 0)
            return below;
        return Entries.TryGetValue(key, out var one) ? one.Length == 0 ? [] : [one] : null;
    }

    /// <summary>The names directly below a key.</summary>
    public IEnumerable<string> NamesBelow(string key) => Entries.Keys
        .Where(entry => entry.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase))
        .Select(entry => entry[(key.Length + 1)..].Split(':')[0])
        .Distinct(StringComparer.OrdinalIgnoreCase);
}
