using System.Net;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Accounts;

/// <summary>The networks from which each account's password was right. Safe from any thread.</summary>
internal sealed class KnownNetworkStore(DatabaseWriter writer, DatabaseReaders readers, TimeProvider time)
{
    /// <summary>Networks remembered for an account: home, work, a phone, and travels. The one not seen for longest is forgotten.</summary>
    private const int MaxPerAccount = 10;

    /// <summary>How much later a login must be to store its time: most logins then write nothing.</summary>
    private static readonly TimeSpan Precision = TimeSpan.FromDays(1);

    public async ValueTask<bool> ContainsAsync(long account, IPNetwork network, CancellationToken cancellation) =>
        await SeenAtAsync(account, network, cancellation) is not null;

    /// <summary>Remembers the network, durably when this returns.</summary>
    public async Task AddAsync(long account, IPNetwork network, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (await SeenAtAsync(account, network, cancellation) is { } seen && now - seen < Precision.TotalMilliseconds) return;
        await writer.WriteAsync(connection =>
            Sql.Execute(
                connection,
                """
                INSERT INTO known_networks(account, network, seen_at) VALUES ($account, $network, $now)
                ON CONFLICT (account, network) DO UPDATE SET seen_at = excluded.seen_at
                """,
                ("$account", account), ("$network", network.ToString()), ("$now", now))
            + Sql.Execute(
                connection,
                """
                DELETE FROM known_networks WHERE account = $account AND network NOT IN
                    (SELECT network FROM known_networks WHERE account = $account ORDER BY seen_at DESC LIMIT $most)
                """,
                ("$account", account), ("$most", MaxPerAccount)));
    }

    private ValueTask<long?> SeenAtAsync(long account, IPNetwork network, CancellationToken cancellation) => readers.ReadAsync(
        reader => reader.Rows(
            "SELECT seen_at FROM known_networks WHERE account = $account AND network = $network", row => (long?)row.GetInt64(0),
            ("$account", account), ("$network", network.ToString())).SingleOrDefault(),
        cancellation);
}
