using System.Collections.Immutable;
using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>The generations of one id: the one that serves, and those on their way out. Changed by the supervisor's loop, read from any thread.</summary>
internal sealed class PluginSlot(string id)
{
    private readonly Lock gate = new(); // guards the three below
    private ImmutableList<PluginUnload> departures = [];
    private PluginUnload? last;
    private int collected;
    private volatile Serving? serving;
    private volatile PluginCandidate? starting;

    public string Id => id;

    public PluginGeneration? Active => serving?.Generation;

    /// <summary>What the active generation was made of.</summary>
    public PluginCandidate? Candidate => serving?.Candidate;

    /// <summary>By hash; the loop's own.</summary>
    public Dictionary<string, FailedStart> Failed { get; } = [];

    public IReadOnlyList<PluginUnload> PluginUnloading
    {
        get
        {
            lock (gate)
            {
                var left = departures.RemoveAll(d => d.State is PluginState.Collected); // one look: a state may change between two
                collected += departures.Count - left.Count;
                return departures = left;
            }
        }
    }

    public int Ending => PluginUnloading.Count(d => d.IsEnding);

    public int Leaked => PluginUnloading.Count(d => d.State is PluginState.Leaked);

    public int Collected
    {
        get
        {
            _ = PluginUnloading;
            lock (gate) return collected;
        }
    }

    public bool IsStarting => starting is not null;

    /// <summary>Until one serves; null: it does not.</summary>
    public void Start(PluginCandidate? candidate) => starting = candidate;

    /// <param name="generation">Null: none serves from now on.</param>
    public void Serve(PluginGeneration? generation, PluginCandidate? candidate, Sentence? note)
    {
        starting = null;
        serving = generation is null ? null : new(generation, candidate!, note);
    }

    /// <summary>The same, but from elsewhere, or with another note.</summary>
    public void Note(PluginCandidate candidate, Sentence? note)
    {
        if (serving is { } known) serving = known with { Candidate = candidate, Remark = note };
    }

    public void Depart(PluginUnload departure)
    {
        lock (gate)
        {
            departures = departures.Add(departure);
            if (departure.HasServed) last = departure;
        }
    }

    /// <summary>The generation that serves, or else the last one; and those that have not ended. Of what failed to start it is said elsewhere why, and here only if it leaked.</summary>
    public IReadOnlyList<PluginRow> Rows()
    {
        var ending = PluginUnloading.Where(d => d is { IsEnding: true, HasServed: true }).ToList();
        var (next, now, gone) = (starting, serving, last ?? PluginUnloading.LastOrDefault(d => d.State is PluginState.Leaked));
        var head = now is not null ? Row(now.Generation) : gone is not null ? Row(gone.Version, gone.State, gone.Tally) : null;
        if (now is null && gone is not null) ending.Remove(gone);
        var rows = ending.Select(d => Row(d.Version, d.State, d.Tally)).Concat(next is null ? [] : [Row(next.Manifest.Version, PluginState.Starting, new())]);
        return [.. (head is null ? rows : rows.Prepend(head with { Collected = Collected, Leaked = Leaked })).Select((row, index) => new PluginRow(row, index == 0 ? now?.Remark : null))];
    }

    private PluginSummary Row(PluginGeneration active) => Row(active.Version, PluginState.Active, active.Tally) with
    {
        Commands = [.. active.Commands.Select(c => c.Descriptor.Name)], BypassedHooks = active.Hooks.Tally.BypassedFilters.Count,
    };

    private PluginSummary Row(string version, PluginState state, Hooks.GenerationTally tally) => new(id, version, state.Word())
    {
        Invocations = tally.Invocations, Failures = tally.Failures, TotalTime = tally.TotalTime,
    };

    private sealed record Serving(PluginGeneration Generation, PluginCandidate Candidate, Sentence? Remark);
}
