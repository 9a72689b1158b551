using System.Collections.Immutable;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>The generations of one id: the active one and those that unload. Changed by the reconcile loop, read from any thread.</summary>
internal sealed class PluginSlot(string id)
{
    /// <summary>With the active and the starting one, at most three generations exist.</summary>
    private const int MaxEnding = 2;

    private readonly Lock gate = new(); // guards the three below
    private ImmutableList<UnloadingGeneration> unloading = [];
    private UnloadingGeneration? last;
    private int collected;
    private volatile ActiveVersion? active;
    private volatile PluginCandidate? starting;

    public string Id => id;

    public PluginGeneration? Active => active?.Generation;

    public bool IsStarting => starting is not null;

    /// <summary>The candidate that the active generation was started from.</summary>
    public PluginCandidate? Candidate => active?.Candidate;

    /// <summary>Failed starts by hash. Only the reconcile loop may use it.</summary>
    public Dictionary<string, FailedStart> Failed { get; } = [];

    /// <summary>Generations that unload or have leaked.</summary>
    public IReadOnlyList<UnloadingGeneration> Unloading
    {
        get
        {
            lock (gate)
            {
                var left = unloading.RemoveAll(u => u.State is PluginState.Collected); // reads each state once: it may change in between
                collected += unloading.Count - left.Count;
                return unloading = left;
            }
        }
    }

    /// <summary>Too many generations are ending to start another.</summary>
    public bool IsBusy => Unloading.Count(u => u.IsEnding) >= MaxEnding;

    public int Leaked => Unloading.Count(u => u.State is PluginState.Leaked);

    public int Collected
    {
        get
        {
            _ = Unloading;
            lock (gate) return collected;
        }
    }

    /// <summary>The state of each generation that exists.</summary>
    public IEnumerable<PluginState> States
    {
        get
        {
            foreach (var generation in Unloading) yield return generation.State;
            if (active is not null) yield return PluginState.Active;
            if (starting is not null) yield return PluginState.Starting;
        }
    }

    /// <param name="candidate">Null if it did not start.</param>
    public void Starting(PluginCandidate? candidate) => starting = candidate;

    public void Activate(PluginGeneration generation, PluginCandidate candidate, LocalizedText? note)
    {
        starting = null;
        active = new(generation, candidate, note);
    }

    public void Deactivate()
    {
        starting = null;
        active = null;
    }

    /// <summary>The same version with another source or note.</summary>
    public void Update(PluginCandidate candidate, LocalizedText? note)
    {
        if (active is { } known) active = known with { Candidate = candidate, Note = note };
    }

    public void Add(UnloadingGeneration generation)
    {
        lock (gate)
        {
            unloading = unloading.Add(generation);
            if (generation.WasActive) last = generation;
        }
    }

    /// <summary>
    /// The active generation, or the last one, and those that are ending. A generation that failed to start appears only if it leaked; the
    /// listing has a row that says why it failed.
    /// </summary>
    public IReadOnlyList<PluginSummary> Summaries(string language)
    {
        var ending = Unloading.Where(u => u is { IsEnding: true, WasActive: true }).ToList();
        var (next, now) = (starting, active);
        var gone = last ?? Unloading.LastOrDefault(u => u.State is PluginState.Leaked);
        if (now is null && gone is not null) ending.Remove(gone);
        var head = now is not null ? SummaryOf(now.Generation) with { Note = now.Note?.In(language) }
            : gone is not null ? SummaryOf(gone)
            : null;
        var others = ending.Select(SummaryOf);
        if (next is not null) others = others.Append(SummaryOf(next.Manifest.Version, PluginState.Starting, new()));
        return head is null ? [.. others] : [head with { Collected = Collected, Leaked = Leaked }, .. others];
    }

    private PluginSummary SummaryOf(PluginGeneration generation) => SummaryOf(generation.Version, PluginState.Active, generation.Tally) with
    {
        Commands = [.. generation.Commands.Select(c => c.Descriptor.Name)],
        BypassedHooks = generation.Hooks.Tally.BypassedFilters.Count,
    };

    private PluginSummary SummaryOf(UnloadingGeneration generation) => SummaryOf(generation.Version, generation.State, generation.Tally);

    private PluginSummary SummaryOf(string version, PluginState state, GenerationTally tally) => new(id, version, state.Word())
    {
        Invocations = tally.Invocations,
        Failures = tally.Failures,
        TotalTime = tally.TotalTime,
    };

    private sealed record ActiveVersion(PluginGeneration Generation, PluginCandidate Candidate, LocalizedText? Note);
}
