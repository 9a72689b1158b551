using System.Collections.Immutable;
using System.Data.Common;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Accounts;

/// <summary>
/// The permissions set at runtime, kept in memory as a snapshot that is read without a lock. A change is durable before it takes effect. A
/// permission that nothing needs any more stays, because its plugin may come back. Safe from any thread.
/// </summary>
internal sealed class RuntimePermissions(DatabaseWriter writer, DatabaseReaders readers) : IStartupStep, IDisposable
{
    private const string Select = "SELECT permission, room, lowest FROM permissions";

    private readonly SemaphoreSlim changing = new(1);
    private volatile ImmutableList<RuntimePermission> all = [];

    public IReadOnlyCollection<RuntimePermission> All => all;

    /// <summary>Raised after each change, before the next one begins.</summary>
    public event Action? Changed;

    async Task IStartupStep.RunAsync(CancellationToken cancellation) => all = [.. await readers.ReadAsync(
        reader => reader.Rows(Select, ToPermission), cancellation)];

    /// <param name="check">Called when no other change can come between. If it throws, nothing changes.</param>
    public Task SetAsync(RuntimePermission decided, Action check) => ChangeAsync(check, async () =>
    {
        await writer.WriteAsync(connection => Delete(connection, decided.Permission, decided.Room) + Sql.Execute(
            connection, "INSERT INTO permissions(permission, room, lowest) VALUES ($permission, $room, $lowest)",
            ("$permission", decided.Permission), ("$room", decided.Room), ("$lowest", (long)decided.Lowest)));
        return Without(decided.Permission, decided.Room).Add(decided);
    });

    /// <inheritdoc cref="SetAsync"/>
    /// <returns>False if there was no such rule.</returns>
    public Task<bool> ResetAsync(string permission, string? room, Action check) => ChangeAsync(check, async () =>
    {
        await writer.WriteAsync(connection => Delete(connection, permission, room));
        return Without(permission, room);
    });

    /// <summary>All rows that cannot be read; reads the whole table.</summary>
    public static IEnumerable<DamagedRowException> DamagedRows(DbConnection connection) =>
        Sql.Damaged(connection, Select, ToPermission);

    public void Dispose() => changing.Dispose();

    private ImmutableList<RuntimePermission> Without(string permission, string? room) =>
        all.RemoveAll(d => d.Permission == permission && d.Room == room);

    /// <summary>A role that this version does not know is nobody's, so nobody has the permission.</summary>
    private static RuntimePermission ToPermission(DbDataReader row) => new(row.Text(0), row.TextOrNull(1), (Role)row.Number(2));

    private static int Delete(DbConnection connection, string permission, string? room) =>
        Sql.Execute(
            connection, "DELETE FROM permissions WHERE permission = $permission AND room IS NOT DISTINCT FROM $room",
            ("$permission", permission), ("$room", room));

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
