namespace Chat;

/// <summary>
/// What a plugin remembers across restarts and newer versions of itself: texts by key, seen by it alone, and on disk when a call returns.
/// To be had everywhere. At most 10,000 keys and 1 MiB a plugin, 64 KiB a value, 256 bytes a key, as UTF-8. Of no use once the plugin has stopped.
/// </summary>
public interface IStorage
{
    /// <returns>Null where there is none.</returns>
    /// <exception cref="RefusalException"><c>bad_arguments</c>: the key is empty, too long, or holds a control character.</exception>
    ValueTask<StoredValue?> GetAsync(string key, CancellationToken cancellation);

    /// <summary>Adds or replaces, whatever stood there.</summary>
    /// <returns>The value's version.</returns>
    /// <exception cref="RefusalException"><c>quota_exceeded</c>; <c>bad_arguments</c>: no key, or key or value too long; <c>storage</c> or <c>unavailable</c>: the disk fails.</exception>
    Task<long> SetAsync(string key, string value, CancellationToken cancellation);

    /// <summary>Sets it only where nobody else has since it was read.</summary>
    /// <param name="version">The one that was read; 0: there must be none yet.</param>
    /// <returns>The new version; null where another stands there, and nothing is changed.</returns>
    /// <inheritdoc cref="SetAsync" path="/exception"/>
    Task<long?> TrySetAsync(string key, string value, long version, CancellationToken cancellation);

    /// <returns>False where there was none.</returns>
    /// <inheritdoc cref="SetAsync" path="/exception"/>
    Task<bool> DeleteAsync(string key, CancellationToken cancellation);

    /// <summary>All whose key begins with the prefix, by key.</summary>
    /// <param name="prefix">Empty: all.</param>
    ValueTask<IReadOnlyList<StoredValue>> ListAsync(string prefix, CancellationToken cancellation);
}

/// <param name="Version">Rises with every change of the key, and never comes again.</param>
public sealed record StoredValue(string Key, string Value, long Version);
