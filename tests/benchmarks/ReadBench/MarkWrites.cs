using System.Diagnostics;
using Chat;
using Chat.Daemon;
using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Reading;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace ReadBench;

/// <summary>All readers of a full room read on at once, and their marks are written, beside the messages of others.</summary>
internal static class MarkWrites
{
    private const int Readers = 10_000, Rounds = 10;

    private static readonly TimeSpan AppendEvery = TimeSpan.FromMilliseconds(2);

    public static async Task RunAsync()
    {
        var root = Directory.CreateTempSubdirectory("chat-marks-");
        try
        {
            using var folder = StateFolder.Open(root.FullName);
            using var metrics = new DaemonMetrics();
            await using var database = ChatDatabase.Open(folder, Durability.Full, metrics, NullLogger<SqliteWriter>.Instance);
            await FillAsync(database);
            var store = new RoomListStore(database.Writer, database.Readers, TimeProvider.System);
            await using var marks = new ReadMarks(store, TimeProvider.System, NullLogger<ReadMarks>.Instance);
            var readers = Enumerable.Range(1, Readers).Select(number => Open(marks, number)).ToList();

            var log = new DatabaseMessageLog(database.Writer, database.Readers);
            var quiet = await AppendWhileAsync(log, first: 0, Task.Delay(TimeSpan.FromSeconds(3)));
            var writing = Task.Run(() => WriteAsync(marks, readers));
            var disturbed = await AppendWhileAsync(log, quiet.Length, writing);
            Console.WriteLine(FormattableString.Invariant(
                $"marks of {Readers:N0} readers of a room: written in {(await writing).TotalSeconds / Rounds:F2} s"));
            Console.WriteLine($"  messages of others before: {Bystander.Shown(quiet)}");
            Console.WriteLine($"  messages of others meanwhile: {Bystander.Shown(disturbed)}");
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static AccountMarks Open(ReadMarks marks, int number)
    {
        if (!UserName.TryParse($"conta{number}", out var name)) throw new InvalidOperationException($"conta{number} is no name.");
        var opened = marks.Open(new ChatUser(Identity.OfAccount(number), name, Role.Member), number);
        opened.List(new(1), 0);
        return opened;
    }

    /// <returns>The time without that of moving them.</returns>
    private static async Task<TimeSpan> WriteAsync(ReadMarks marks, List<AccountMarks> readers)
    {
        var took = TimeSpan.Zero;
        for (var seq = 1; seq <= Rounds; seq++)
        {
            foreach (var reader in readers) reader.Move(new(1), seq, static (_, _) => { });
            var began = Stopwatch.GetTimestamp();
            await ((IPeriodicTask)marks).RunAsync(CancellationToken.None);
            while (readers.Exists(reader => reader.HasMoved)) await Task.Delay(5);
            took += Stopwatch.GetElapsedTime(began);
        }
        return took;
    }

    private static async Task<TimeSpan[]> AppendWhileAsync(DatabaseMessageLog log, int first, Task running)
    {
        var times = new List<TimeSpan>();
        using var timer = new PeriodicTimer(AppendEvery);
        while (!running.IsCompleted)
        {
            await timer.WaitForNextTickAsync();
            var began = Stopwatch.GetTimestamp();
            await log.AppendAsync(new(2), [new LoggedMessage(first + times.Count + 1, "outro", "oi", 1, 1, null)]);
            times.Add(Stopwatch.GetElapsedTime(began));
        }
        await running;
        times.Sort();
        return [.. times];
    }

    private static Task<int> FillAsync(ChatDatabase database) => database.Writer.WriteAsync(connection => Sql.Execute(
        connection,
        """
        INSERT INTO conversations(id, kind, name_key, name, created_at, creator)
            VALUES (1, 'room', 'cheia', 'cheia', 0, 'a1'), (2, 'room', 'outra', 'outra', 0, 'a1');
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $readers)
        INSERT INTO accounts(id, name, name_key, role, password, created_at, listed)
            SELECT i, 'conta' || i, 'conta' || i, 1, 'none', 0, 1 FROM n;
        INSERT INTO room_list(conversation, account, since, read) SELECT 1, id, 0, 0 FROM accounts;
        """,
        ("$readers", Readers)));
}
