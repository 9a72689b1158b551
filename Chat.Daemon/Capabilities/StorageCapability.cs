using System.Globalization;
using System.Text;
using Chat.Daemon.Configuration;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IStorage"/>
/// <remarks>Disposed with the plugin's container: code of the plugin that still runs afterwards cannot write.</remarks>
internal sealed class StorageCapability(string plugin, PluginValueStore store, OptionsSource options) : IStorage, IDisposable
{
    private const string QuotaExceeded = "quota_exceeded";

    private volatile bool isDisposed;

    private SessionTexts Texts => SessionTexts.For(null, options.Current.Language);

    public ValueTask<StoredValue?> GetAsync(string key, CancellationToken cancellation) =>
        store.FindAsync(plugin, CheckedKey(key), cancellation);

    public async Task<long> SetAsync(string key, string value, CancellationToken cancellation) =>
        (await WriteAsync(key, value, null, null, cancellation))!.Value;

    public async Task<long> SetAsync(string key, string value, Room room, CancellationToken cancellation) =>
        (await WriteAsync(key, value, null, long.Parse(room.Id, CultureInfo.InvariantCulture), cancellation))!.Value;

    public Task<long?> TrySetAsync(string key, string value, long version, CancellationToken cancellation) =>
        WriteAsync(key, value, version, null, cancellation);

    public Task<bool> DeleteAsync(string key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return store.DeleteAsync(plugin, CheckedKey(key)).OrRefusedAsync(Texts);
    }

    public ValueTask<IReadOnlyList<StoredValue>> ListAsync(string prefix, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(isDisposed, typeof(IStorage));
        return TextRules.HasForbiddenControl(prefix) ? new([]) : store.ListAsync(plugin, prefix, cancellation); // no key has one
    }

    public void Dispose() => isDisposed = true;

    private async Task<long?> WriteAsync(string key, string value, long? expected, long? room, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Encoding.UTF8.GetByteCount(value) > PluginValueStore.MaxValueLength) throw Refused(RefusalCode.BadArguments);
        return await store.SetAsync(plugin, CheckedKey(key), value, expected, room).OrRefusedAsync(Texts) switch
        {
            ValueWrite.Done done => done.Version,
            ValueWrite.BadValue => throw Refused(RefusalCode.BadArguments),
            ValueWrite.NoRoom => throw Refused(RefusalCode.NoSuchRoom),
            ValueWrite.Full => throw new RefusalException(QuotaExceeded, Texts.QuotaExceeded()),
            _ => null,
        };
    }

    private string CheckedKey(string key)
    {
        ObjectDisposedException.ThrowIf(isDisposed, typeof(IStorage));
        return key.Length > 0 && !TextRules.HasForbiddenControl(key) && Encoding.UTF8.GetByteCount(key) <= PluginValueStore.MaxKeyLength
            ? key
            : throw Refused(RefusalCode.BadArguments);
    }

    private RefusalException Refused(string code) => new(code, Texts.Of(code));
}
