namespace Chat;

/// <summary>
/// The plugin's own durable values: text by key, on disk when a call returns, kept across restarts and new versions.
/// Limits per plugin: 10,000 keys, 1 MiB in total, 64 KiB per value, 256 bytes per key, all in UTF-8.
/// You can inject it anywhere. It stops working when the plugin stops.
/// </summary>
public interface IStorage
{
    /// <returns>Null if the key has no value.</returns>
    /// <exception cref="RefusalException"><c>bad_arguments</c>: the key is empty, too long, or contains a control character.</exception>
    ValueTask<StoredValue?> GetAsync(string key, CancellationToken cancellation);

    /// <summary>Adds or replaces the value.</summary>
    /// <returns>The version of the new value.</returns>
    /// <exception cref="RefusalException">
    /// <c>quota_exceeded</c>; <c>bad_arguments</c>: the key is empty, or the key or value is too long; <c>storage</c> or
    /// <c>unavailable</c>: the disk failed.
    /// </exception>
    Task<long> SetAsync(string key, string value, CancellationToken cancellation);

    /// <summary>
    /// Adds or replaces a value that belongs to the room, such as a rule of the room. The daemon deletes it with the room. A public room
    /// that has such a value stays when its last user leaves, even if it has no messages.
    /// </summary>
    /// <returns>The version of the new value.</returns>
    /// <exception cref="RefusalException">As for the other overload; also <c>no_such_room</c>: the room was deleted.</exception>
    Task<long> SetAsync(string key, string value, Room room, CancellationToken cancellation);

    /// <summary>Sets the value only if nobody has changed it since you read it.</summary>
    /// <param name="version">The version that you read; 0 if there must be no value yet.</param>
    /// <returns>The new version; null, and nothing changes, if the stored version differs.</returns>
    /// <inheritdoc cref="SetAsync(string, string, CancellationToken)" path="/exception"/>
    Task<long?> TrySetAsync(string key, string value, long version, CancellationToken cancellation);

    /// <returns>False if the key has no value.</returns>
    /// <inheritdoc cref="SetAsync(string, string, CancellationToken)" path="/exception"/>
    Task<bool> DeleteAsync(string key, CancellationToken cancellation);

    /// <summary>All values whose key starts with the prefix, in the order of their keys.</summary>
    /// <param name="prefix">Empty for all values.</param>
    ValueTask<IReadOnlyList<StoredValue>> ListAsync(string prefix, CancellationToken cancellation);
}
