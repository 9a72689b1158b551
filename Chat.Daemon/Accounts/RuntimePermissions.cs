using System.Collections.Immutable;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Accounts;

/// <summary>What was decided while the daemon ran.</summary>
/// <param name="Room">The room's id; null: everywhere where no room has a rule of its own.</param>
internal sealed record RuntimePermission(string Permission, string? Room, Role Lowest);

/// <summary>
/// The permissions that were decided while the daemon ran. All of them are kept in memory, in a snapshot that is read without a lock; a change
/// is durable before it holds. What nothing asks for any more stays, for the plugin that asked may come back. Safe from any thread.
/// </summary>
internal sealed class RuntimePermissions(SqliteWriter writer, SqliteReaders readers) : IDisposable
{
    private readonly SemaphoreSlim changing = new(1);
    private volatile ImmutableList<RuntimePermission> all = [];

    public IReadOnlyCollection<RuntimePermission> All => all;

    /// <summary>After each change, before the next one begins.</summary>
    public event Action? Changed;

    public async Task LoadAsync(CancellationToken cancellation) => all = [.. await readers.ReadAsync(
        reader => reader.Rows("SELECT permission, room, lowest FROM permissions", row => new RuntimePermission(row.GetString(0), row.TextOrNull(1), (Role)row.GetInt64(2))), cancellation)];

    /// <param name="check">Called when no other change can come between; what it throws leaves all as it was.</param>
    public Task SetAsync(RuntimePermission decided, Action check) => ChangeAsync(check, async () =>
    {
        await writer.WriteAsync(connection => Delete(connection, decided.Permission, decided.Room) + Sql.Execute(
            connection, "INSERT INTO permissions(permission, room, lowest) VALUES ($permission, $room, $lowest)",
            ("$permission", decided.Permission), ("$room", decided.Room), ("$lowest", (long)decided.Lowest)));
        return Without(decided.Permission, decided.Room).Add(decided);
    });

    /// <inheritdoc cref="SetAsync"/>
    /// <returns>False where nothing was decided.</returns>
    public Task<bool> ResetAsync(string permission, string? room, Action check) => ChangeAsync(check, async () =>
    {
        await writer.WriteAsync(connection => Delete(connection, permission, room));
        return Without(permission, room);
    });

    public void Dispose() => changing.Dispose();

    private ImmutableList<RuntimePermission> Without(string permission, string? room) => all.RemoveAll(d => d.Permission == permission && d.Room == room);

    private static int Delete(Microsoft.Data.Sqlite.SqliteConnection connection, string permission, string? room) =>
        Sql.Execute(connection, "DELETE FROM permissions WHERE permission = $permission AND room IS $room", ("$permission", permission), ("$room", room));

    private async Task<bool> ChangeAsync(Action check, Func<Task<ImmutableList<RuntimePermission>>> change)
    {
        await changing.WaitAsync();
        try
        {
            check();
            var before = all;
            all = await change();
            if (all == before) return false;
            Changed?.Invoke();
            return true;
        }
        finally
        {
            changing.Release();
        }
    }
}
