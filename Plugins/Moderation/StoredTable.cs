using System.Collections.Immutable;

namespace Chat.Plugins.Moderation;

/// <summary>A cache of the stored values with a key prefix. Thread-safe.</summary>
/// <param name="filled">Called with whether the table has entries, after the first read and after each change.</param>
internal sealed class StoredTable(IStorage storage, string prefix, Action<bool> filled) : IDisposable
{
    private readonly SemaphoreSlim changing = new(1);
    private ImmutableSortedDictionary<string, string>? entries;

    public async ValueTask<ImmutableSortedDictionary<string, string>> ReadAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref entries) is { } known) return known;
        await changing.WaitAsync(cancellation);
        try
        {
            return await LoadAsync(cancellation);
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>
    /// Sets the key, or removes it if the value is null. False if there are already <paramref name="most"/> keys, or no such key to
    /// remove.
    /// </summary>
    /// <param name="room">The room that the value belongs to.</param>
    public async Task<bool> ChangeAsync(string key, string? value, int most, CancellationToken cancellation, Room? room = null)
    {
        await changing.WaitAsync(cancellation);
        try
        {
            var known = await LoadAsync(cancellation);
            if (value is null ? !known.ContainsKey(key) : !known.ContainsKey(key) && known.Count >= most) return false;
            if (value is null) await storage.DeleteAsync(prefix + key, cancellation);
            else if (room is null) await storage.SetAsync(prefix + key, value, cancellation);
            else await storage.SetAsync(prefix + key, value, room, cancellation);
            Put(value is null ? known.Remove(key) : known.SetItem(key, value));
            return true;
        }
        finally
        {
            changing.Release();
        }
    }

    public void Dispose() => changing.Dispose();

    private async ValueTask<ImmutableSortedDictionary<string, string>> LoadAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref entries) is { } known) return known;
        var values = await storage.ListAsync(prefix, cancellation);
        return Put(values.ToImmutableSortedDictionary(v => v.Key[prefix.Length..], v => v.Value, StringComparer.Ordinal));
    }

    private ImmutableSortedDictionary<string, string> Put(ImmutableSortedDictionary<string, string> changed)
    {
        Volatile.Write(ref entries, changed);
        filled(changed.Count > 0);
        return changed;
    }
}
