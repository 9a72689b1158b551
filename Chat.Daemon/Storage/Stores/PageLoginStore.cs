namespace Chat.Daemon.Storage.Stores;

/// <summary>The logins that cookies of browsers stand for. Each tab has a session of its login. Safe from any thread.</summary>
internal sealed class PageLoginStore(DatabaseWriter writer, DatabaseReaders readers, TimeProvider clock)
{
    public const string Migration = """
        CREATE TABLE page_logins(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            cookie_hash BLOB NOT NULL UNIQUE,
            account INTEGER NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX page_logins_of_accounts ON page_logins(account);
        ALTER TABLE sessions ADD COLUMN page_login INTEGER;
        CREATE INDEX sessions_of_page_logins ON sessions(page_login) WHERE page_login IS NOT NULL;
        """;

    /// <summary>Ends with the last of its sessions; one that is new need not have any.</summary>
    private const string Unused = """
        created_at < $before
        AND NOT EXISTS (SELECT 1 FROM sessions WHERE page_login = page_logins.id AND NOT (held = 0 AND seen_at < $before))
        """;

    /// <summary>Created before, and unused since, it has expired.</summary>
    private long Before => clock.GetUtcNow().ToUnixTimeMilliseconds() - (long)SessionStore.AccountLife.TotalMilliseconds;

    public Task AddAsync(ReadOnlyMemory<byte> cookieHash, long account)
    {
        var (hash, now) = (cookieHash.ToArray(), clock.GetUtcNow().ToUnixTimeMilliseconds());
        return writer.WriteAsync(connection => Sql.Execute(
            connection, "INSERT INTO page_logins(cookie_hash, account, created_at) VALUES ($hash, $account, $now)",
            ("$hash", hash), ("$account", account), ("$now", now)));
    }

    /// <returns>Null if the cookie stands for no login, or it has expired.</returns>
    public ValueTask<PageLogin?> FindAsync(ReadOnlyMemory<byte> cookieHash, CancellationToken cancellation)
    {
        (string, object?)[] parameters = [("$hash", cookieHash.ToArray()), ("$before", Before)];
        return readers.ReadAsync(
            reader => reader.Rows(
                $"SELECT id, account FROM page_logins WHERE cookie_hash = $hash AND NOT ({Unused})",
                row => new PageLogin(row.Number(0), row.Number(1)), parameters).SingleOrDefault(),
            cancellation);
    }

    /// <summary>Ends the login with its sessions.</summary>
    public Task EndAsync(long id) => writer.WriteAsync(connection =>
        Sql.Execute(connection, "DELETE FROM page_logins WHERE id = $id", ("$id", id))
        + Sql.Execute(connection, "DELETE FROM sessions WHERE page_login = $id", ("$id", id)));

    public Task DeleteExpiredAsync() => writer.WriteLikeMessagesAsync(connection =>
        Sql.Execute(connection, $"DELETE FROM page_logins WHERE {Unused}", ("$before", Before)));
}
