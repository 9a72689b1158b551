using System.Collections.Immutable;
using System.Data.Common;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Accounts;

/// <summary>
/// Whom each account has blocked, kept in memory, because every direct message asks. A change is durable before it takes effect. Safe from
/// any thread.
/// </summary>
internal sealed class Blocks(DatabaseWriter writer, DatabaseReaders readers, TimeProvider time) : IStartupStep, IDisposable
{
    /// <summary>Enough for anybody who is pestered, and an answer holds them all.</summary>
    public const int MaxPerAccount = 200;

    private const string SelectBlocks = "SELECT account, blocked FROM blocks";

    private readonly SemaphoreSlim changing = new(1);
    private volatile ImmutableHashSet<(string By, string Blocked)> all = [];

    Task IStartupStep.RunAsync(CancellationToken cancellation) => ReloadAsync(cancellation);

    /// <summary>Reads them again, after another has changed the rows.</summary>
    public Task ReloadAsync(CancellationToken cancellation) => ChangeAsync(async () =>
    {
        all = [.. await readers.ReadAsync(reader => reader.Rows(SelectBlocks, ToPair), cancellation)];
        return true;
    });

    public bool Has(Identity by, Identity user) => all is { IsEmpty: false } pairs && pairs.Contains((by.Key, user.Key));

    /// <returns>False if the list is full. A user who is on it already stays.</returns>
    public Task<bool> AddAsync(long account, Identity user, UserName name) => ChangeAsync(async () =>
    {
        var isListed = await writer.WriteAsync(connection =>
        {
            var others = Sql.Number(
                connection, "SELECT count(*) FROM blocks WHERE account = $account AND blocked <> $blocked",
                ("$account", account), ("$blocked", user.Key));
            if (others >= MaxPerAccount) return false;
            Sql.Execute(
                connection,
                """
                INSERT INTO blocks(account, blocked, name, name_key, at)
                VALUES ($account, $blocked, $name, $name_key, $at)
                ON CONFLICT DO NOTHING
                """,
                ("$account", account), ("$blocked", user.Key), ("$name", name.Text), ("$name_key", name.Key),
                ("$at", time.GetUtcNow().ToUnixTimeMilliseconds()));
            return true;
        });
        if (isListed) all = all.Add((Identity.OfAccount(account).Key, user.Key));
        return isListed;
    });

    /// <summary>Takes all of that name off the list: guests may have had it one after the other.</summary>
    /// <returns>False if there was none.</returns>
    public Task<bool> RemoveAsync(long account, UserName name) => ChangeAsync(async () =>
    {
        var removed = await writer.WriteAsync(connection => Sql.Rows(
            connection, "DELETE FROM blocks WHERE account = $account AND name_key = $name_key RETURNING account, blocked", ToPair,
            ("$account", account), ("$name_key", name.Key)));
        all = all.Except(removed);
        return removed.Count > 0;
    });

    /// <summary>The names on the list, each once, in the order in which they came.</summary>
    public ValueTask<IReadOnlyList<string>> ListAsync(long account, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<string>>(
            reader => reader.Rows(
                """
                SELECT name FROM blocks AS b WHERE account = $account AND NOT EXISTS (
                    SELECT 1 FROM blocks WHERE account = b.account AND name_key = b.name_key AND rowid < b.rowid)
                ORDER BY rowid
                """,
                row => row.Text(0), ("$account", account)),
            cancellation);

    /// <summary>All rows that cannot be read; reads the whole table.</summary>
    public static IEnumerable<DamagedRowException> DamagedRows(DbConnection connection) =>
        Sql.Damaged(connection, SelectBlocks, ToPair);

    public void Dispose() => changing.Dispose();

    private static (string By, string Blocked) ToPair(DbDataReader row) =>
        (Identity.OfAccount(row.Number(0)).Key, row.Text(1));

    private async Task<T> ChangeAsync<T>(Func<Task<T>> change)
    {
        await changing.WaitAsync();
        try
        {
            return await change();
        }
        finally
        {
            changing.Release();
        }
    }
}
