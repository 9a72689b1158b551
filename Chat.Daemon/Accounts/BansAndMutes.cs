using System.Collections.Immutable;
using System.Net;
using Chat.Daemon.Storage;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Accounts;

/// <summary>
/// All bans and mutes, kept in memory as snapshots that a check reads without a lock. A change is durable before it takes effect. Safe from
/// any thread.
/// </summary>
internal sealed class BansAndMutes(SqliteWriter writer, SqliteReaders readers, TimeProvider time) : IStartupStep, IDisposable
{
    private const string SelectBans = "SELECT subject, name, network, until, reason, by, rank, id FROM bans";
    private const string SelectMutes = "SELECT identity, conversation, until FROM mutes";

    private readonly SemaphoreSlim changing = new(1);
    private volatile ImmutableList<Ban> bans = [];
    private volatile ImmutableDictionary<MuteKey, DateTimeOffset> mutes = ImmutableDictionary<MuteKey, DateTimeOffset>.Empty;

    async Task IStartupStep.RunAsync(CancellationToken cancellation)
    {
        bans = [.. await readers.ReadAsync(
            reader => reader.Rows($"{SelectBans} ORDER BY id", ToBan), cancellation)];
        mutes = (await readers.ReadAsync(
            reader => reader.Rows(SelectMutes, ToMute), cancellation)).ToImmutableDictionary();
    }

    /// <summary>The ban that keeps out this subject, of this role, at this address; null if there is none.</summary>
    public ActiveBan? BanOf(string subject, Role role, IPAddress address)
    {
        var now = time.GetUtcNow();
        return bans.Find(ban => (ban.Until is null || ban.Until > now) && ban.Covers(subject, role, address)) is { } ban
            ? new(ban.Until - now, ban.Reason)
            : null;
    }

    /// <summary>How long the identity stays muted there; null if it is not muted.</summary>
    public TimeSpan? MuteOf(string identity, ConversationId conversation)
    {
        var all = mutes;
        if (all.IsEmpty) return null;
        var left = Left(all, new MuteKey(identity, conversation.Value));
        var leftEverywhere = Left(all, new MuteKey(identity, 0));
        var longest = left > leftEverywhere ? left : leftEverywhere;
        return longest > TimeSpan.Zero ? longest : null;
    }

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

    public Task MuteAsync(MuteKey key, DateTimeOffset until, string reason, string by) => ChangeAsync(async () =>
    {
        var now = time.GetUtcNow();
        await writer.WriteAsync(connection =>
            Sql.Execute(connection, "DELETE FROM mutes WHERE until <= $now", ("$now", now.ToUnixTimeMilliseconds()))
            + Sql.Execute(
                connection,
                """
                INSERT OR REPLACE INTO mutes(identity, conversation, until, reason, by)
                VALUES ($identity, $conversation, $until, $reason, $by)
                """,
                ("$identity", key.Identity), ("$conversation", key.Conversation), ("$until", until.ToUnixTimeMilliseconds()),
                ("$reason", reason), ("$by", by)));
        mutes = mutes.RemoveRange(mutes.Where(m => m.Value <= now).Select(m => m.Key)).SetItem(key, until);
        return true;
    });

    /// <returns>False if it was not muted there.</returns>
    public Task<bool> UnmuteAsync(MuteKey key) => ChangeAsync(async () =>
    {
        await writer.WriteAsync(connection => Sql.Execute(
            connection, "DELETE FROM mutes WHERE identity = $identity AND conversation = $conversation",
            ("$identity", key.Identity), ("$conversation", key.Conversation)));
        var was = Left(mutes, key) > TimeSpan.Zero;
        mutes = mutes.Remove(key);
        return was;
    });

    /// <summary>All rows that cannot be read; reads the whole tables.</summary>
    public static IEnumerable<DamagedRowException> DamagedRows(SqliteConnection connection) =>
        [.. Sql.Damaged(connection, SelectBans, ToBan), .. Sql.Damaged(connection, SelectMutes, ToMute)];

    public void Dispose() => changing.Dispose();

    private static int Insert(SqliteConnection connection, Ban ban, long now) =>
        Sql.Execute(connection, "DELETE FROM bans WHERE until <= $now", ("$now", now))
        + Sql.Execute(
            connection,
            """
            INSERT OR REPLACE INTO bans(subject, name, network, until, reason, by, rank, at)
            VALUES ($subject, $name, $network, $until, $reason, $by, $rank, $at)
            """,
            ("$subject", ban.Subject), ("$name", ban.Name), ("$network", ban.Network?.ToString() ?? ""),
            ("$until", ban.Until?.ToUnixTimeMilliseconds()), ("$reason", ban.Reason), ("$by", ban.By), ("$rank", (long)ban.Rank),
            ("$at", now));

    private static Ban ToBan(SqliteDataReader row) => new(
        row.Text(0), row.Text(1), row.Text(2) is { Length: > 0 } network ? IPNetwork.Parse(network) : null,
        row.NumberOrNull(3) is null ? null : row.Time(3),
        row.Text(4), row.Text(5), row.Role(6));

    private static KeyValuePair<MuteKey, DateTimeOffset> ToMute(SqliteDataReader row) =>
        new(new MuteKey(row.Text(0), row.Number(1)), row.Time(2));

    private TimeSpan Left(ImmutableDictionary<MuteKey, DateTimeOffset> all, MuteKey key) =>
        all.TryGetValue(key, out var until) ? until - time.GetUtcNow() : TimeSpan.Zero;

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
