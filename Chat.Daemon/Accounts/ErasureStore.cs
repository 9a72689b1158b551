using System.Data.Common;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Accounts;

/// <summary>Which erasures have begun and are not done. They outlive a kill. Safe from any thread.</summary>
internal sealed class ErasureStore(DatabaseWriter writer, DatabaseReaders readers)
{
    private const string SetLastMessage =
        "UPDATE erasures SET last_message = (SELECT coalesce(max(id), 0) FROM messages) WHERE last_message IS NULL";

    /// <summary>Deletes the account with its sessions, and notes what is to be erased.</summary>
    /// <returns>False if it is the last admin.</returns>
    public async Task<bool> BeginAsync(AccountKey account, bool texts)
    {
        try
        {
            return await writer.WriteAsync(connection => Begin(connection, account, texts));
        }
        catch (LogOutcomeUnknownException)
        {
            if (!await HasBegunAsync(account.Number)) throw;
            return true;
        }
    }

    /// <summary>All messages of the account are stored: later ones of that name are another's.</summary>
    public Task ReleaseAsync(long account) => writer.WriteAsync(connection =>
        Sql.Execute(connection, $"{SetLastMessage} AND account = $account", ("$account", account)));

    /// <summary>At the start, when nobody is connected: those that a killed daemon has begun.</summary>
    public Task ReleaseLeftAsync() => writer.WriteAsync(connection => Sql.Execute(connection, SetLastMessage));

    /// <returns>An erasure that is not done; null if there is none.</returns>
    public ValueTask<Erasure?> NextAsync(CancellationToken cancellation) => readers.ReadAsync(
        reader => reader.Rows(
            """
            SELECT account, name, name_key, created_at, texts, last_message FROM erasures WHERE last_message IS NOT NULL
            ORDER BY account LIMIT 1
            """,
            Read).SingleOrDefault(),
        cancellation);

    /// <summary>Erases the name from the note, too: the rest needs only the number.</summary>
    public Task ForgetNameAsync(long account) => writer.WriteAsync(connection => Sql.Execute(
        connection, "UPDATE erasures SET name = '', name_key = '' WHERE account = $account", ("$account", account)));

    public Task EndAsync(long account) => writer.WriteAsync(connection => Sql.Execute(
        connection, "DELETE FROM erasures WHERE account = $account", ("$account", account)));

    private static bool Begin(DbConnection connection, AccountKey account, bool texts)
    {
        var isLastAdmin = Sql.Number(
            connection,
            """
            SELECT EXISTS (SELECT 1 FROM accounts WHERE id = $id AND role = $admin)
                AND NOT EXISTS (SELECT 1 FROM accounts WHERE id <> $id AND role = $admin AND plugin IS NULL)
            """,
            ("$id", account.Number), ("$admin", (long)Role.Admin)) != 0;
        if (isLastAdmin) return false;
        Sql.Execute(
            connection,
            """
            INSERT INTO erasures(account, name, name_key, created_at, texts)
            SELECT id, name, name_key, created_at, $texts FROM accounts WHERE id = $id
            """,
            ("$id", account.Number), ("$texts", texts));
        Sql.Execute(connection, "DELETE FROM accounts WHERE id = $id", ("$id", account.Number));
        Sql.Execute(connection, "DELETE FROM page_logins WHERE account = $id", ("$id", account.Number));
        Sql.Execute(connection, "DELETE FROM sessions WHERE account = $id", ("$id", account.Number));
        return true;
    }

    private async ValueTask<bool> HasBegunAsync(long account) => await readers.ReadAsync(
        reader => reader.Number("SELECT count(*) FROM erasures WHERE account = $account", ("$account", account)) > 0,
        CancellationToken.None);

    private static Erasure Read(DbDataReader row) => new(
        new AccountKey(row.Number(0), row.Text(1), row.Text(2), row.Number(3)), row.Flag(4), row.Number(5));
}
