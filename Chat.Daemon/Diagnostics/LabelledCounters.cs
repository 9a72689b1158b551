using System.Collections.Concurrent;

namespace Chat.Daemon.Diagnostics;

/// <summary>
/// One counter per value of a label, such as a refusal's code. Values are never removed, so they must come from a small fixed set.
/// </summary>
internal sealed class LabelledCounters
{
    private readonly ConcurrentDictionary<string, Counter> counters = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, Counter>> All => counters;

    public Counter this[string value] => counters.GetOrAdd(value, static _ => new Counter());
}
