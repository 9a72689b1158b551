using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Chat.Daemon.Storage;
using Microsoft.Data.Sqlite;

namespace ReadBench;

/// <summary>Logins of accounts with many rooms on their lists, one after the other, without a password's hash.</summary>
internal static class ListLogins
{
    private const int Accounts = 10_000, RoomsEach = 50, Rooms = 500, MessagesEach = 200, Logins = 2_000;

    public static async Task RunAsync()
    {
        await using var daemon = await MeasuredDaemon.StartAsync(Fill);
        using var bystander = await RawClient.LoginAsync(daemon.Port, "outro", "outra");
        var quiet = await Bystander.WriteWhileAsync(Task.Delay(TimeSpan.FromSeconds(3)), bystander, "outra");
        for (var i = 1; i <= 500; i++) await LoginAsync(daemon.Port, i); // compiled by now
        var (welcomes, all) = (new TimeSpan[Logins], new TimeSpan[Logins]);
        var logins = Task.Run(() => daemon.ProcessorPerAsync(Logins, async () =>
        {
            for (var i = 0; i < Logins; i++) (welcomes[i], all[i]) = await LoginAsync(daemon.Port, 1_000 + i);
        }));
        var disturbed = await Bystander.WriteWhileAsync(logins, bystander, "outra");
        Array.Sort(welcomes);
        Array.Sort(all);
        Console.WriteLine(FormattableString.Invariant(
            $"login, {Accounts:N0} accounts with {RoomsEach} of {Rooms} rooms each: {await logins:F2} ms CPU"));
        Console.WriteLine($"  until welcome: {Bystander.Shown(welcomes)}");
        Console.WriteLine($"  until the last joined: {Bystander.Shown(all)}");
        Console.WriteLine($"  others before: {Bystander.Shown(quiet)}");
        Console.WriteLine($"  others meanwhile: {Bystander.Shown(disturbed)}");
    }

    private static async Task<(TimeSpan Welcome, TimeSpan All)> LoginAsync(int port, int account)
    {
        using var client = await RawClient.ConnectAsync(port);
        await client.UntilAsync("hello");
        var began = Stopwatch.GetTimestamp();
        await client.SendAsync($$"""{"type":"login","token":"token{{account.ToString(CultureInfo.InvariantCulture)}}"}""");
        await client.UntilAsync("welcome");
        var welcome = Stopwatch.GetElapsedTime(began);
        for (var i = 0; i < RoomsEach; i++) await client.UntilAsync("joined");
        return (welcome, Stopwatch.GetElapsedTime(began));
    }

    private static void Fill(SqliteConnection connection)
    {
        connection.CreateFunction("hash_of", (long account) =>
            SHA256.HashData(Encoding.UTF8.GetBytes($"token{account.ToString(CultureInfo.InvariantCulture)}")));
        Sql.Execute(
            connection,
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $accounts)
            INSERT INTO accounts(id, name, name_key, role, password, created_at, listed)
                SELECT i, 'conta' || i, 'conta' || i, 1, 'none', 0, 1 FROM n;
            INSERT INTO sessions(token_hash, name, name_key, account, created_at, seen_at, held, first_message)
                SELECT hash_of(id), name, name_key, id, $now, $now, 0, 1 FROM accounts;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $rooms)
            INSERT INTO conversations(id, kind, name_key, name, created_at, creator)
                SELECT i, 'room', 'sala' || i, 'sala' || i, 0, 'a1' FROM n;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $messages)
            INSERT INTO messages(conversation, seq, sender, at, text, session, erased, identity)
                SELECT id, i, 'conta1', i, 'uma mensagem de tamanho normal', 1, 0, 'a1' FROM n CROSS JOIN conversations;
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < $each - 1)
            INSERT INTO room_list(conversation, account, since, read)
                SELECT (a.id * 7 + i * ($rooms / $each)) % $rooms + 1, a.id, i, $messages / 2 FROM accounts AS a CROSS JOIN n;
            INSERT INTO mentions(account, conversation, seq, message)
                SELECT account, m.conversation, m.seq, m.id FROM messages AS m CROSS JOIN room_list AS l ON l.conversation = m.conversation
                WHERE m.seq = $messages AND account % 10 = 0;
            """,
            ("$accounts", Accounts), ("$rooms", Rooms), ("$each", RoomsEach), ("$messages", MessagesEach),
            ("$now", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
    }
}
