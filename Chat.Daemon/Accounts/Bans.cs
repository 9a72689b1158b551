using System.Collections.Immutable;
using System.Data.Common;
using System.Net;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Accounts;

/// <summary>
/// All bans, kept in memory as a snapshot that a check reads without a lock. A change is durable before it takes effect. Safe from
/// any thread.
/// </summary>
internal sealed class Bans(DatabaseWriter writer, DatabaseReaders readers, TimeProvider time) : IStartupStep, IDisposable
{
    private const string SelectBans = "SELECT subject, name, network, until, reason, by, rank, id FROM bans";

    private readonly SemaphoreSlim changing = new(1);
    private volatile ImmutableList<Ban> bans = [];

    /// <summary>Raised after a ban took effect.</summary>
    public event Action<Ban>? Banned;

    /// <summary>Those that have not ended, in the order in which they were made.</summary>
    public IReadOnlyList<Ban> All => bans.FindAll(ban => ban.Until is null || ban.Until > time.GetUtcNow());

    Task IStartupStep.RunAsync(CancellationToken cancellation) => ReloadAsync(cancellation);

    /// <summary>Reads them again, after another has changed the rows.</summary>
    public Task ReloadAsync(CancellationToken cancellation) => ChangeAsync(async () =>
    {
        bans = [.. await readers.ReadAsync(reader => reader.Rows($"{SelectBans} ORDER BY id", ToBan), cancellation)];
        return true;
    });

    /// <summary>The ban that keeps out this subject, of this role, at this address; null if there is none.</summary>
    public ActiveBan? BanOf(string subject, Role role, IPAddress address)
    {
        var now = time.GetUtcNow();
        return bans.Find(ban => (ban.Until is null || ban.Until > now) && ban.Covers(subject, role, address)) is { } ban
            ? InEffect(ban)
            : null;
    }

    /// <summary>The ban as its target may see it now.</summary>
    public ActiveBan InEffect(Ban ban) => new(ban.Until - time.GetUtcNow(), ban.Reason, ban.By);

    /// <summary>Also deletes bans that have ended.</summary>
    public async Task BanAsync(Ban ban)
    {
        await ChangeAsync(async () =>
        {
            var now = time.GetUtcNow();
            await writer.WriteAsync(connection => Insert(connection, ban, now.ToUnixTimeMilliseconds()));
            bans = bans.RemoveAll(b => b.Until <= now || (b.Subject == ban.Subject && b.Network.Equals(ban.Network))).Add(ban);
            return true;
        });
        Banned?.Invoke(ban);
    }

    /// <returns>False if there was no such ban.</returns>
    public Task<bool> UnbanAsync(Predicate<Ban> which) => ChangeAsync(async () =>
    {
        var lifted = bans.FindAll(which);
        foreach (var ban in lifted)
        {
            await writer.WriteAsync(connection => Sql.Execute(
                connection, "DELETE FROM bans WHERE subject = $subject AND network = $network",
                ("$subject", ban.Subject), ("$network", ban.Network?.ToString() ?? "")));
        }
        bans = bans.RemoveRange(lifted);
        return lifted.Count > 0;
    });

    /// <summary>All rows that cannot be read; reads the whole table.</summary>
    public static IEnumerable<DamagedRowException> DamagedRows(DbConnection connection) => Sql.Damaged(connection, SelectBans, ToBan);

    public void Dispose() => changing.Dispose();

    private static int Insert(DbConnection connection, Ban ban, long now) =>
        Sql.Execute(
            connection, "DELETE FROM bans WHERE until <= $now OR (subject = $subject AND network = $network)",
            ("$now", now), ("$subject", ban.Subject), ("$network", ban.Network?.ToString() ?? ""))
        + Sql.Execute(
            connection,
            """
            INSERT INTO bans(subject, name, network, until, reason, by, rank, at)
            VALUES ($subject, $name, $network, $until, $reason, $by, $rank, $at)
            """,
            ("$subject", ban.Subject), ("$name", ban.Name), ("$network", ban.Network?.ToString() ?? ""),
            ("$until", ban.Until?.ToUnixTimeMilliseconds()), ("$reason", ban.Reason), ("$by", ban.By), ("$rank", (long)ban.Rank),
            ("$at", now))
        + Sql.Execute(
            connection, "DELETE FROM room_list WHERE account = $account",
            ("$account", ban.Network is null ? new Identity(ban.Subject).Account : null)); // null finds none

    private static Ban ToBan(DbDataReader row) => new(
        row.Text(0), row.Text(1), row.Text(2) is { Length: > 0 } network ? IPNetwork.Parse(network) : null,
        row.NumberOrNull(3) is null ? null : row.Time(3),
        row.Text(4), row.Text(5), row.Role(6));

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
