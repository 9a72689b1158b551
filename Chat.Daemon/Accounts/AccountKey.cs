using System.Data.Common;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Accounts;

/// <summary>What finds an account's rows.</summary>
/// <param name="Name">As it is stored.</param>
/// <param name="CreatedAt">Unix time in milliseconds.</param>
internal sealed record AccountKey(long Number, string Name, string NameKey, long CreatedAt)
{
    private const string Select = "SELECT id, name, name_key, created_at FROM accounts";

    public string Identity => Accounts.Identity.OfAccount(Number).Key;

    /// <summary>The values of the parameters that <see cref="AccountTable"/> names.</summary>
    public IEnumerable<(string Name, object? Value)> Parameters =>
    [
        ("$account", Number), ("$identity", Identity), ("$name", Name), ("$name_key", NameKey), ("$created", CreatedAt),
    ];

    /// <param name="name">As given.</param>
    /// <returns>Null if there is no account of that name.</returns>
    public static async ValueTask<AccountKey?> FindAsync(DatabaseReaders readers, string name, CancellationToken cancellation) =>
        UserName.TryParse(name, out var parsed)
            ? await readers.ReadAsync(
                reader => reader.Rows($"{Select} WHERE name_key = $key", Read, ("$key", parsed.Key)).SingleOrDefault(), cancellation)
            : null;

    private static AccountKey Read(DbDataReader row) => new(row.Number(0), row.UserName(1).Text, row.Text(2), row.Number(3));
}
