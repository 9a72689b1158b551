using System.Collections.Concurrent;

namespace Chat.Plugins.Tests;

/// <summary>A storage in memory.</summary>
internal sealed class MemoryStorage : IStorage
{
    private readonly ConcurrentDictionary<string, StoredValue> values = new(StringComparer.Ordinal);
    private long last;

    /// <summary>How many lists fail.</summary>
    public int Failures { get; set; }

    public ValueTask<StoredValue?> GetAsync(string key, CancellationToken cancellation) =>
        ValueTask.FromResult(values.GetValueOrDefault(key));

    public Task<long> SetAsync(string key, string value, CancellationToken cancellation)
    {
        var version = Interlocked.Increment(ref last);
        values[key] = new(key, value, version);
        return Task.FromResult(version);
    }

    public Task<long> SetAsync(string key, string value, Room room, CancellationToken cancellation) => SetAsync(key, value, cancellation);

    public async Task<long?> TrySetAsync(string key, string value, long version, CancellationToken cancellation) =>
        (values.GetValueOrDefault(key)?.Version ?? 0) == version ? await SetAsync(key, value, cancellation) : null;

    public Task<bool> DeleteAsync(string key, CancellationToken cancellation) => Task.FromResult(values.TryRemove(key, out _));

    public ValueTask<IReadOnlyList<StoredValue>> ListAsync(string prefix, CancellationToken cancellation)
    {
        if (Failures-- > 0) throw new IOException("the disk is gone");
        return ValueTask.FromResult<IReadOnlyList<StoredValue>>(
            [.. values.Values.Where(v => v.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(v => v.Key, StringComparer.Ordinal)]);
    }
}
