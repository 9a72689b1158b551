using System.Diagnostics;
using System.Security.Cryptography;
using Chat.Daemon.Storage;
using Microsoft.Data.Sqlite;

namespace ReadBench;

/// <summary>The login of a user with very many direct conversations.</summary>
internal static class Welcomes
{
    private const int Conversations = 100_000, Logins = 50;

    public static async Task RunAsync()
    {
        await using var daemon = await MeasuredDaemon.StartAsync(Fill);
        await LoginAsync(daemon.Port);
        var before = daemon.Memory.Now;
        daemon.ResetPeak();
        var began = Stopwatch.GetTimestamp();
        var length = 0L;
        var cost = await daemon.ProcessorPerAsync(Logins, async () =>
        {
            for (var i = 0; i < Logins; i++) length = await LoginAsync(daemon.Port);
        });
        Console.WriteLine(FormattableString.Invariant(
            $"welcome, {Conversations:N0} direct conversations: {Stopwatch.GetElapsedTime(began).TotalMilliseconds / Logins:F1} ms, ")
            + FormattableString.Invariant($"{cost:F1} ms CPU, {length} bytes; memory {before} MiB, at most {daemon.Memory.Peak} MiB"));
    }

    /// <summary>By a token, which costs no password hash.</summary>
    private static async Task<long> LoginAsync(int port)
    {
        using var client = await RawClient.ConnectAsync(port);
        await client.SendAsync("""{"type":"login","token":"token","rooms":[]}""");
        return (await client.UntilAsync("welcome")).Length;
    }

    private static void Fill(SqliteConnection connection)
    {
        Sql.Execute(
            connection, "INSERT INTO accounts(name, name_key, role, password, created_at) VALUES ('ana', 'ana', 1, 'none', 0)");
        var ana = Sql.Number(connection, "SELECT max(id) FROM accounts");
        Sql.Execute(
            connection,
            """
            INSERT INTO sessions(token_hash, name, name_key, account, created_at, seen_at, held, first_message)
            VALUES ($hash, 'ana', 'ana', $ana, $now, $now, 0, 1)
            """,
            ("$hash", SHA256.HashData("token"u8)), ("$ana", ana), ("$now", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
        Sql.Execute(
            connection,
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $count)
            INSERT INTO conversations(
                kind, created_at, creator, first_identity, first_name, first_name_key, second_identity, second_name, second_name_key)
            SELECT 'direct', 0, 'a' || $ana, 'a' || $ana, 'ana', 'ana', 'g' || i, 'g' || i, 'g' || i FROM n
            """,
            ("$count", Conversations), ("$ana", ana));
        Sql.Execute(connection, """
            INSERT INTO messages(conversation, seq, sender, at, text, session, erased)
            SELECT id, 1, 'ana', 1, 'oi', 1, 0 FROM conversations WHERE kind = 'direct';
            UPDATE conversations SET latest = (SELECT id FROM messages WHERE conversation = conversations.id);
            """);
    }
}
