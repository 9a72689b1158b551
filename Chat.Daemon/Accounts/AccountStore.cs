using System.Data.Common;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Accounts;

/// <summary>The accounts in the database. Safe from any thread.</summary>
internal sealed class AccountStore(DatabaseWriter writer, DatabaseReaders readers, TimeProvider time)
{
    private const string Select = "SELECT id, name, role, password, plugin FROM accounts";

    private const string CountTaken = "SELECT count(*) FROM accounts WHERE name_key = $key OR look_key = $look";

    /// <summary>The problem of a row whose password nobody can check.</summary>
    public const string BadHash = "password is no hash of this version";

    /// <summary>Raised after an account was stored.</summary>
    public event Action<UserName>? Created;

    /// <summary>Raised after an account of that number got another role.</summary>
    public event Action<long>? RoleChanged;

    public ValueTask<Account?> FindAsync(UserName name, CancellationToken cancellation) =>
        readers.ReadAsync(
            reader => reader.Rows($"{Select} WHERE name_key = $key", ToAccount, ("$key", name.Key)).SingleOrDefault(), cancellation);

    public ValueTask<Account?> FindAsync(long id, CancellationToken cancellation) =>
        readers.ReadAsync(reader => reader.Rows($"{Select} WHERE id = $id", ToAccount, ("$id", id)).SingleOrDefault(), cancellation);

    /// <summary>
    /// Whether there is an account of that name, or of one that looks alike. <c>admin</c> is created whatever looks like it.
    /// </summary>
    public ValueTask<bool> IsTakenAsync(UserName name, CancellationToken cancellation) =>
        readers.ReadAsync(reader => reader.Number(CountTaken, TakenParameters(name)) > 0, cancellation);

    public ValueTask<bool> HasAdminAsync(CancellationToken cancellation) =>
        readers.ReadAsync(
            reader => reader.Number(
                "SELECT EXISTS (SELECT 1 FROM accounts WHERE role = $role AND plugin IS NULL)", ("$role", (long)Role.Admin)) != 0,
            cancellation);

    /// <param name="invitation">The hash of a code, which this uses up; null if none is needed.</param>
    public async Task<Registered> CreateAsync(UserName name, Role role, string password, byte[]? invitation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var registered = await writer.WriteAsync(connection =>
        {
            if (Sql.Number(connection, CountTaken, TakenParameters(name)) > 0) return Registered.NameTaken;
            if (invitation is not null && !UseUp(connection, invitation, now)) return Registered.NotInvited;
            Sql.Execute(
                connection,
                """
                INSERT INTO accounts(name, name_key, look_key, role, password, created_at)
                VALUES ($name, $key, $look, $role, $password, $now)
                """,
                ("$name", name.Text), ("$key", name.Key), ("$look", name.LookKey), ("$role", (long)role), ("$password", password),
                ("$now", now));
            return Registered.Done;
        });
        if (registered is Registered.Done) Created?.Invoke(name);
        return registered;
    }

    /// <summary>The account of that name, if it belongs to the plugin; null if there is none, or it is another's.</summary>
    public ValueTask<Account?> FindBotAsync(UserName name, string plugin, CancellationToken cancellation) => readers.ReadAsync(
        reader => reader.Rows(
            $"{Select} WHERE name_key = $key AND plugin = $plugin COLLATE NOCASE", ToAccount, ("$key", name.Key), ("$plugin", plugin))
            .SingleOrDefault(),
        cancellation);

    /// <summary>Creates a member's account that belongs to a plugin.</summary>
    /// <returns>False if an account has that name, or one that looks alike.</returns>
    public async Task<bool> CreateBotAsync(UserName name, string plugin, string password)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var isCreated = await writer.WriteAsync(connection => Sql.Number(connection, CountTaken, TakenParameters(name)) == 0
            && Sql.Execute(
                connection,
                """
                INSERT INTO accounts(name, name_key, look_key, role, password, created_at, plugin)
                VALUES ($name, $key, $look, $role, $password, $now, $plugin)
                """,
                ("$name", name.Text), ("$key", name.Key), ("$look", name.LookKey), ("$role", (long)Role.Member), ("$password", password),
                ("$now", now), ("$plugin", plugin)) > 0);
        if (isCreated) Created?.Invoke(name);
        return isCreated;
    }

    public Task InviteAsync(byte[] codeHash, string createdBy, DateTimeOffset expiresAt)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return writer.WriteAsync(connection =>
            Sql.Execute(connection, "DELETE FROM invitations WHERE expires_at <= $now", ("$now", now))
            + Sql.Execute(
                connection, "INSERT INTO invitations(code_hash, created_by, expires_at) VALUES ($hash, $by, $expires)",
                ("$hash", codeHash), ("$by", createdBy), ("$expires", expiresAt.ToUnixTimeMilliseconds())));
    }

    public Task SetPasswordAsync(long id, string password) =>
        writer.WriteAsync(connection => Sql.Execute(
            connection, "UPDATE accounts SET password = $password WHERE id = $id", ("$password", password), ("$id", id)));

    /// <summary>
    /// Sets a password and deletes all sessions of the account, in one step: no token outlives it, even if the daemon is killed.
    /// </summary>
    public Task ResetPasswordAsync(long id, string password) => writer.WriteAsync(connection =>
        Sql.Execute(connection, "UPDATE accounts SET password = $password WHERE id = $id", ("$password", password), ("$id", id))
        + Sql.Execute(connection, "DELETE FROM page_logins WHERE account = $id", ("$id", id))
        + Sql.Execute(connection, "DELETE FROM sessions WHERE account = $id", ("$id", id)));

    /// <summary>Reads the names of all accounts.</summary>
    /// <param name="part">In the form of a name's key.</param>
    public ValueTask<IReadOnlyList<ChatUser>> SearchAsync(string part, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<ChatUser>>(
            reader => reader.Rows(
                "SELECT id, name, role FROM accounts WHERE instr(name_key, $part) > 0 ORDER BY name_key LIMIT $limit",
                row => new ChatUser(Identity.OfAccount(row.Number(0)), row.UserName(1), (Role)row.Number(2)),
                ("$part", part), ("$limit", limit)),
            cancellation);

    /// <summary>The names of admins, the oldest accounts first.</summary>
    public ValueTask<IReadOnlyList<string>> AdminsAsync(int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<string>>(
            reader => reader.Rows(
                "SELECT name FROM accounts WHERE role = $role AND plugin IS NULL ORDER BY id LIMIT $limit", row => row.UserName(0).Text,
                ("$role", (long)Role.Admin), ("$limit", limit)),
            cancellation);

    /// <returns>False if the daemon would have no admin left who can log in.</returns>
    public async Task<bool> SetRoleAsync(long id, Role role)
    {
        var (hasRole, isNew) = await writer.WriteAsync(connection =>
        {
            const string HasRole = "SELECT EXISTS (SELECT 1 FROM accounts WHERE id = $id AND role = $role)";
            if (Sql.Number(connection, HasRole, ("$id", id), ("$role", (long)role)) != 0) return (true, false);
            var isChanged = Sql.Execute(
                connection,
                """
                UPDATE accounts SET role = $role
                WHERE id = $id AND ($role = $admin OR EXISTS (SELECT 1 FROM accounts WHERE role = $admin AND plugin IS NULL AND id <> $id))
                """,
                ("$role", (long)role), ("$id", id), ("$admin", (long)Role.Admin)) > 0;
            return (isChanged, isChanged);
        });
        if (isNew) RoleChanged?.Invoke(id);
        return hasRole;
    }

    /// <summary>All rows that cannot be read; reads the whole table.</summary>
    public static IEnumerable<DamagedRowException> DamagedRows(DbConnection connection) =>
        Sql.Damaged(
            connection, Select, row => PasswordHasher.IsHash(row.Text(3)) ? ToAccount(row) : throw new InvalidDataException(BadHash));

    private static (string, object?)[] TakenParameters(UserName name) =>
        [("$key", name.Key), ("$look", name.Key == FirstAdmin.NameKey ? null : name.LookKey)];

    /// <returns>False if there is no such invitation, or it has expired.</returns>
    private static bool UseUp(DbConnection connection, byte[] invitation, long now) => Sql.Execute(
        connection, "DELETE FROM invitations WHERE code_hash = $hash AND expires_at > $now", ("$hash", invitation), ("$now", now)) > 0;

    private static Account ToAccount(DbDataReader row) => new(
        row.Number(0), row.UserName(1), row.Role(2), row.Text(3), row.TextOrNull(4));
}
