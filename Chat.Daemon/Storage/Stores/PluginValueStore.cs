using System.Data.Common;
using System.Text;

namespace Chat.Daemon.Storage.Stores;

/// <summary>The values that plugins store, each plugin under its id. Safe from any thread.</summary>
internal sealed class PluginValueStore(DatabaseWriter writer, DatabaseReaders readers)
{
    public const int MaxKeyLength = 256, MaxValueLength = 64 * 1024;
    private const int MaxKeys = 10_000;
    private const long MaxBytes = 1 << 20;

    private const string SelectAll = "SELECT key, value, version, plugin FROM plugin_values";
    private const string Select = $"{SelectAll} WHERE plugin = $plugin";

    public async ValueTask<StoredValue?> FindAsync(string plugin, string key, CancellationToken cancellation) => await readers.ReadAsync(
        reader => reader.Rows($"{Select} AND key = $key", Read, ("$plugin", plugin), ("$key", key)).FirstOrDefault(), cancellation);

    public ValueTask<IReadOnlyList<StoredValue>> ListAsync(string plugin, string prefix, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<StoredValue>>(
            reader => reader.Rows(
                $"{Select} AND substr(key, 1, length($prefix)) = $prefix ORDER BY key", Read, ("$plugin", plugin), ("$prefix", prefix)),
            cancellation);

    /// <param name="expected">The version that the stored value must have, 0 for no value; null accepts any.</param>
    /// <param name="room">The room that the value belongs to from now on; null leaves that as it is.</param>
    public Task<ValueWrite> SetAsync(string plugin, string key, string value, long? expected, long? room = null)
    {
        var bytes = Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value);
        return writer.WriteLikeMessagesAsync(connection =>
        {
            if (!Sql.CanHold(connection, value)) return new ValueWrite.BadValue();
            var old = Sql.Rows(connection, "SELECT version, bytes, room FROM plugin_values WHERE plugin = $plugin AND key = $key",
                row => (Version: row.Number(0), Bytes: row.Number(1), Room: row.NumberOrNull(2)),
                ("$plugin", plugin), ("$key", key)).FirstOrDefault();
            if (expected is not null && expected != old.Version) return new ValueWrite.Conflict();
            if (room is not null && !HasRoom(connection, room.Value)) return new ValueWrite.NoRoom();
            if (bytes > old.Bytes && IsOver(connection, plugin, added: old.Version == 0 ? 1 : 0, bytes - old.Bytes))
                return new ValueWrite.Full();
            Delete(connection, plugin, key); // each write is a row of its own, with a new version
            return (ValueWrite)new ValueWrite.Done(Sql.Number(connection,
                """
                INSERT INTO plugin_values(plugin, key, value, bytes, room) VALUES ($plugin, $key, $value, $bytes, $room)
                RETURNING version
                """,
                ("$plugin", plugin), ("$key", key), ("$value", value), ("$bytes", bytes), ("$room", room ?? old.Room)));
        });
    }

    /// <returns>False if there was none.</returns>
    public Task<bool> DeleteAsync(string plugin, string key) => writer.WriteLikeMessagesAsync(connection =>
        Delete(connection, plugin, key) > 0);

    /// <summary>All rows that cannot be read; reads the whole table.</summary>
    public static IEnumerable<DamagedRowException> DamagedRows(DbConnection connection) =>
        Sql.Damaged(connection, SelectAll, Read);

    private static int Delete(DbConnection connection, string plugin, string key) => Sql.Execute(
        connection, "DELETE FROM plugin_values WHERE plugin = $plugin AND key = $key", ("$plugin", plugin), ("$key", key));

    private static bool HasRoom(DbConnection connection, long room) => Sql.Number(
        connection, "SELECT count(*) FROM conversations WHERE id = $room AND name_key IS NOT NULL", ("$room", room)) > 0;

    private static bool IsOver(DbConnection connection, string plugin, int added, long grown)
    {
        var (keys, bytes) = Sql.Rows(connection, "SELECT count(*), coalesce(sum(bytes), 0) FROM plugin_values WHERE plugin = $plugin",
            row => (row.Number(0), row.Number(1)), ("$plugin", plugin))[0];
        return keys + added > MaxKeys || bytes + grown > MaxBytes;
    }

    private static StoredValue Read(DbDataReader row) => new(row.Text(0), row.Text(1), row.Number(2));
}
