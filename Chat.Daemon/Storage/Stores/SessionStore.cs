using System.Data.Common;
using Chat.Protocol;

namespace Chat.Daemon.Storage.Stores;

/// <summary>The sessions with a valid token, returned as copies. Safe from any thread.</summary>
internal sealed class SessionStore(DatabaseWriter writer, DatabaseReaders readers, TimeProvider clock)
{
    /// <summary>How long an account's token stays valid unused.</summary>
    public static readonly TimeSpan AccountLife = TimeSpan.FromDays(30);

    /// <summary>How long a guest's token stays valid unused.</summary>
    private static readonly TimeSpan GuestLife = TimeSpan.FromHours(24);

    /// <summary>Sessions deleted per transaction, so that messages do not wait long.</summary>
    private const int DeletesPerTransaction = 500;

    private const string Select = "SELECT id, name, name_key, account, lang, created_at, seen_at, held, page_login FROM sessions";
    private const string Expired = "held = 0 AND seen_at < CASE WHEN account IS NULL THEN $guests ELSE $accounts END";

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Adds a connected session. Ids are never reused.</summary>
    public Task<StoredSession> AddAsync(ReadOnlyMemory<byte> tokenHash, UserName name, long? account, string? lang)
    {
        var (hash, now) = (tokenHash.ToArray(), Now);
        return writer.WriteAsync(connection => new StoredSession(
            Sql.Number(
                connection,
                """
                INSERT INTO sessions(token_hash, name, name_key, account, lang, created_at, seen_at, held, first_message)
                VALUES ($hash, $name, $name_key, $account, $lang, $now, $now, 1, (SELECT coalesce(max(id), 0) + 1 FROM messages))
                RETURNING id
                """,
                ("$hash", hash), ("$name", name.Text), ("$name_key", name.Key), ("$account", account), ("$lang", lang), ("$now", now)),
            name.Text, name.Key, account, lang, now, now, Held: true));
    }

    /// <summary>Adds a connected session of a login by cookie.</summary>
    /// <returns>Null if the login has ended.</returns>
    public Task<long?> AddOfPageAsync(ReadOnlyMemory<byte> tokenHash, UserName name, PageLogin login, string? lang)
    {
        var (hash, now) = (tokenHash.ToArray(), Now);
        return writer.WriteAsync(connection => Sql.Rows(
            connection,
            """
            INSERT INTO sessions(token_hash, name, name_key, account, lang, created_at, seen_at, held, first_message, page_login)
            SELECT $hash, $name, $name_key, account, $lang, $now, $now, 1, (SELECT coalesce(max(id), 0) + 1 FROM messages), id
            FROM page_logins WHERE id = $login
            RETURNING id
            """,
            row => (long?)row.Number(0),
            ("$hash", hash), ("$name", name.Text), ("$name_key", name.Key), ("$lang", lang), ("$now", now), ("$login", login.Id))
            .SingleOrDefault());
    }

    /// <summary>
    /// Adds a connected session that began while nothing could be stored, under the id that it got then; it may have sent messages since.
    /// May be repeated.
    /// </summary>
    public Task AddLateAsync(long id, ReadOnlyMemory<byte> tokenHash, UserName name, long? account, string? lang)
    {
        var (hash, now) = (tokenHash.ToArray(), Now);
        return writer.WriteAsync(connection => Sql.Execute(
            connection,
            """
            INSERT INTO sessions(id, token_hash, name, name_key, account, lang, created_at, seen_at, held, first_message)
            VALUES ($id, $hash, $name, $name_key, $account, $lang, $now, $now, 1, 0)
            ON CONFLICT DO NOTHING
            """,
            ("$id", id), ("$hash", hash), ("$name", name.Text), ("$name_key", name.Key), ("$account", account), ("$lang", lang),
            ("$now", now)));
    }

    /// <returns>Null if no session has the token, or it has expired.</returns>
    public ValueTask<StoredSession?> FindAsync(ReadOnlyMemory<byte> tokenHash, CancellationToken cancellation)
    {
        (string, object?)[] parameters = [("$hash", tokenHash.ToArray()), .. ExpiryParameters()];
        return readers.ReadAsync(
            reader => reader.Rows($"{Select} WHERE token_hash = $hash AND NOT ({Expired})", ToSession, parameters).SingleOrDefault(),
            cancellation);
    }

    /// <returns>Those of the account that have not expired: held ones first, then those that were seen last.</returns>
    public ValueTask<IReadOnlyList<StoredSession>> ListAsync(long account, int limit, CancellationToken cancellation)
    {
        (string, object?)[] parameters = [("$account", account), ("$limit", (long)limit), .. ExpiryParameters()];
        return readers.ReadAsync<IReadOnlyList<StoredSession>>(
            reader => reader.Rows(
                $"{Select} WHERE account = $account AND NOT ({Expired}) ORDER BY held DESC, seen_at DESC LIMIT $limit",
                ToSession,
                parameters),
            cancellation);
    }

    /// <summary>Sets when sessions were last seen, and whether they are held; ignores those that have ended.</summary>
    public Task MarkAsync(IReadOnlyList<SessionMark> marks)
    {
        if (marks.Count == 0) return Task.CompletedTask;
        return writer.WriteLikeMessagesAsync(connection =>
        {
            using var update = new RepeatedStatement(
                connection, "UPDATE sessions SET seen_at = $seen, held = $held WHERE id = $id", "$seen", "$held", "$id");
            foreach (var mark in marks) update.Run(mark.SeenAtMs, mark.Held ? 1 : 0, mark.Id);
            return marks.Count;
        });
    }

    /// <summary>Ends it, and the login by cookie that it is of, with all sessions of that one.</summary>
    /// <returns>False if it had already ended.</returns>
    public Task<bool> EndAsync(long id) => writer.WriteAsync(connection => EndOne(connection, id) > 0);

    /// <summary>As above.</summary>
    /// <returns>What was ended; null if it had already ended, or is not the account's.</returns>
    public Task<StoredSession?> EndAsync(long id, long account) => writer.WriteAsync(connection =>
    {
        var found = Sql.Rows(
            connection, $"{Select} WHERE id = $id AND account = $account", ToSession, ("$id", id), ("$account", account)).SingleOrDefault();
        if (found is not null) EndOne(connection, id);
        return found;
    });

    /// <summary>Ends all sessions of the account but one and, if that is of a login by cookie, those of the same one.</summary>
    /// <returns>How many.</returns>
    public Task<int> EndOthersAsync(long kept, long account) => writer.WriteAsync(connection =>
    {
        const string Kept = "(SELECT page_login FROM sessions WHERE id = $kept AND account = $account)";
        Sql.Execute(
            connection, $"DELETE FROM page_logins WHERE account = $account AND id IS DISTINCT FROM {Kept}",
            ("$account", account), ("$kept", kept));
        return Sql.Execute(
            connection,
            $"""
            DELETE FROM sessions
            WHERE account = $account AND id <> $kept AND (page_login IS NULL OR page_login IS DISTINCT FROM {Kept})
            """,
            ("$account", account), ("$kept", kept));
    });

    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteExpiredAsync()
    {
        (string, object?)[] parameters = [("$slice", (long)DeletesPerTransaction), .. ExpiryParameters()];
        var all = 0;
        int deleted;
        do
        {
            // Guests expire first: with their bound, the index skips every session seen since.
            deleted = await writer.WriteLikeMessagesAsync(connection => Sql.Execute(
                connection,
                $"DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE seen_at < $guests AND {Expired} LIMIT $slice)",
                parameters));
            all += deleted;
        }
        while (deleted == DeletesPerTransaction);
        return all;
    }

    /// <summary>
    /// At the start, when nobody is connected: releases the sessions that were held when the process ended. They expire from when they were
    /// last seen.
    /// </summary>
    /// <returns>The guests who still hold their names, one for each name. They stay held.</returns>
    public Task<IReadOnlyList<StoredSession>> ReleaseHeldAsync()
    {
        var guests = Now - (long)GuestLife.TotalMilliseconds;
        return writer.WriteAsync<IReadOnlyList<StoredSession>>(connection =>
        {
            Sql.Execute(
                connection,
                """
                UPDATE sessions SET held = 0 WHERE held = 1 AND id NOT IN
                    (SELECT max(id) FROM sessions WHERE held = 1 AND account IS NULL AND seen_at >= $guests GROUP BY name_key)
                """,
                ("$guests", guests));
            return Sql.Rows(connection, $"{Select} WHERE held = 1 ORDER BY id", ToSession);
        });
    }

    /// <summary>All rows that cannot be read; reads the whole table.</summary>
    public static IEnumerable<DamagedRowException> DamagedRows(DbConnection connection) =>
        Sql.Damaged(connection, Select, ToSession);

    private (string, object?)[] ExpiryParameters() =>
        [("$guests", Now - (long)GuestLife.TotalMilliseconds), ("$accounts", Now - (long)AccountLife.TotalMilliseconds)];

    private static StoredSession ToSession(DbDataReader row) => new(
        row.Number(0), row.UserName(1).Text, row.Text(2), row.NumberOrNull(3),
        row.TextOrNull(4), row.Number(5), row.Number(6), row.Flag(7), row.NumberOrNull(8));

    private static int EndOne(DbConnection connection, long id)
    {
        const string Login = "(SELECT page_login FROM sessions WHERE id = $id)";
        Sql.Execute(connection, $"DELETE FROM page_logins WHERE id = {Login}", ("$id", id));
        return Sql.Execute(connection, $"DELETE FROM sessions WHERE id = $id OR page_login = {Login}", ("$id", id));
    }
}
