namespace Chat.Daemon.Storage.Memory;

/// <summary>Which messages of one conversation mention whom. Not thread-safe.</summary>
internal sealed class MemoryMentions
{
    private readonly Dictionary<long, List<long>> byAccount = [];

    /// <param name="accounts">Null for nobody.</param>
    public void Add(long seq, IReadOnlyList<long>? accounts)
    {
        foreach (var account in accounts ?? [])
        {
            if (!byAccount.TryGetValue(account, out var seqs)) byAccount[account] = seqs = [];
            seqs.Insert(IndexAfter(seqs, seq), seq); // nearly always at the end
        }
    }

    /// <inheritdoc cref="Add"/>
    public void Remove(long seq, IReadOnlyList<long>? accounts)
    {
        foreach (var account in accounts ?? [])
        {
            if (!byAccount.TryGetValue(account, out var seqs)) continue;
            seqs.Remove(seq);
            if (seqs.Count == 0) byAccount.Remove(account);
        }
    }

    public int CountAfter(long account, long seq) =>
        byAccount.TryGetValue(account, out var seqs) ? seqs.Count - IndexAfter(seqs, seq) : 0;

    /// <summary>The newest first.</summary>
    public IEnumerable<long> Of(long account) => byAccount.TryGetValue(account, out var seqs) ? Enumerable.Reverse(seqs) : [];

    private static int IndexAfter(List<long> seqs, long seq) => seqs.BinarySearch(seq) is var found && found < 0 ? ~found : found + 1;
}
