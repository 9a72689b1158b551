using System.Collections.Concurrent;

namespace Chat.Daemon.Diagnostics;

/// <summary>A number that is counted from any thread and read when somebody asks. Add once for a batch, not once for each of its parts.</summary>
internal sealed class Tally
{
    private long value;

    public long Value => Interlocked.Read(ref value);

    public void Add(long count = 1) => Interlocked.Add(ref value, count);
}

/// <summary>A tally for each of a closed set of names, such as refusal codes. Never for what a user chooses: each name stays for good.</summary>
internal sealed class TallySet
{
    private readonly ConcurrentDictionary<string, Tally> tallies = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, Tally>> All => tallies;

    public Tally this[string name] => tallies.GetOrAdd(name, static _ => new Tally());
}
