using System.Collections.Concurrent;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Discovery;
using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>How each plugin is doing: what runs or ran, and beside it what was found and does not run. Safe from any thread.</summary>
internal sealed class PluginListing
{
    private readonly ConcurrentDictionary<PluginSource, PluginRow> waiting = new();
    private readonly ConcurrentDictionary<string, PluginSlot> slots = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>As of now, by id; what runs comes first.</summary>
    public IReadOnlyList<PluginRow> Rows =>
    [
        .. slots.Values.SelectMany(RowsOf).Concat(waiting.Values).OrderBy(r => r.Summary.Id, StringComparer.OrdinalIgnoreCase)
            .ThenBy(r => r.Summary.State != PluginState.Active.Word()).ThenBy(r => r.Summary.State, StringComparer.Ordinal),
    ];

    /// <summary>How many generations are in which state; collected ones since the start.</summary>
    public IEnumerable<KeyValuePair<string, long>> Generations
    {
        get
        {
            var now = slots.Values.SelectMany(s => s.PluginUnloading.Select(d => d.State).Concat(s.Active is null ? [] : [PluginState.Active]).Concat(s.IsStarting ? [PluginState.Starting] : [])).ToList();
            foreach (var state in (PluginState[])[PluginState.Starting, PluginState.Active, PluginState.Draining, PluginState.Stopped, PluginState.Leaked])
                yield return new(state.Word(), now.Count(s => s == state));
            yield return new(PluginState.Collected.Word(), slots.Values.Sum(s => (long)s.Collected));
        }
    }

    public IEnumerable<PluginSlot> Slots => slots.Values;

    public PluginSlot Slot(string id) => slots.GetOrAdd(id, static id => new(id));

    public PluginSlot? Find(string id) => slots.GetValueOrDefault(id);

    /// <param name="manifest">Null where it could not be read: then its file's name stands for its id.</param>
    /// <returns>False where it said the same already.</returns>
    public bool Set(PluginSource source, PluginManifest? manifest, PluginState state, Sentence? note = null)
    {
        var row = new PluginRow(new(IdOf(source, manifest), manifest?.Version ?? "", state.Word()), note);
        if (waiting.TryGetValue(source, out var known) && known == row) return false;
        waiting[source] = row;
        return true;
    }

    public void Remove(PluginSource source) => waiting.TryRemove(source, out _);

    public static string IdOf(PluginSource source, PluginManifest? manifest) => manifest?.Id is { Length: > 0 } id ? Printable.Escape(id) : Printable.Escape(source.Name);

    /// <summary>That the last generation is gone need not be said where the plugin has something else to say.</summary>
    private IEnumerable<PluginRow> RowsOf(PluginSlot slot)
    {
        var isElsewhere = waiting.Values.Any(w => w.Summary.Id.Equals(slot.Id, StringComparison.OrdinalIgnoreCase));
        return slot.Rows().Where(row => !isElsewhere || row.Summary.State != PluginState.Collected.Word());
    }
}
