using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Daemon.Tests.Storage;

[TestClass]
public sealed class SqliteWriterTests : IAsyncDisposable
{
    private readonly TestDatabase database = new();

    public TestContext TestContext { get; set; } = null!;

    private DatabaseWriter Writer => database.Writer;

    private DatabaseMessageLog Log => database.Log;

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [TestMethod]
    public async Task QueuedWritesShareATransaction()
    {
        Task[] appends;
        var before = Writer.Commits;
        await using (await database.HoldWriterAsync())
        {
            appends = [.. Enumerable.Range(1, 500).Select(i => Append(i, 1))];
            Assert.AreEqual(500, Writer.Queued);
        }
        await Task.WhenAll(appends);
        Assert.AreEqual(before + 2, Writer.Commits); // the gate's and theirs
        Assert.AreEqual(500, Writer.Messages);
        Assert.AreEqual(0, Writer.Queued);
    }

    [TestMethod]
    public async Task ATransactionIsBoundedInRowsAndBytes()
    {
        Task[] appends;
        var before = Writer.Commits;
        await using (await database.HoldWriterAsync())
        {
            appends =
            [
                Append(1, 3000), Append(2, 3000), // one each: 6,000 rows are too many
                Append(3, 6000), // too many by itself, and taken all the same
                Append(4, 100, new string('x', 16_000)), Append(5, 200, new string('x', 16_000)), // 3 MB, 6 MB: one each
            ];
        }
        await Task.WhenAll(appends);
        Assert.AreEqual(before + 1 + 5, Writer.Commits);
    }

    [TestMethod]
    public async Task EveryCommitIsTimed()
    {
        using var text = new PrometheusText(database.Metrics.Meter);
        await Append(1, 1);
        await Append(2, 1);
        var page = text.Write().Split('\n');
        Assert.Contains("chat_commit_seconds_count 2", page);
        Assert.DoesNotContain("chat_commit_seconds_sum 0", page);
    }

    [TestMethod]
    public async Task AFailedWriteFailsNoOtherOfItsTransaction()
    {
        Task before, bad, after;
        Task<int> change;
        await using (await database.HoldWriterAsync())
        {
            before = Append(1, 3);
            bad = Append(1, 1);
            change = Writer.WriteAsync<int>(_ => throw new InvalidDataException("no"));
            after = Append(2, 3);
        }
        await before;
        await Assert.ThrowsExactlyAsync<LogRefusedException>(() => bad);
        await Assert.ThrowsExactlyAsync<InvalidDataException>(() => change);
        await after;
        Assert.AreEqual(3, await Last(1));
        Assert.AreEqual(3, await Last(2));
        Assert.IsTrue(Writer.IsHealthy);
    }

    [TestMethod]
    public async Task AFullDiskRefusesWritesUntilThereIsRoom()
    {
        await Append(1, 1);
        await SetRoomAsync(pages: 0);
        var refused = await Assert.ThrowsExactlyAsync<LogRefusedException>(() => Append(2, 100));
        Assert.AreEqual(raw.SQLITE_FULL, ((SqliteException)refused.InnerException!).SqliteErrorCode);
        Assert.IsFalse(Writer.IsHealthy);
        Assert.AreEqual(0, await Last(2));

        await SetRoomAsync(pages: 10_000);
        await Append(2, 100);
        Assert.IsTrue(Writer.IsHealthy);
        Assert.AreEqual(100, await Last(2));
    }

    [TestMethod]
    public async Task OnAFullDiskTheWritesThatFitSucceed()
    {
        await Append(1, 1);
        await SetRoomAsync(pages: 2);
        Task small, large, alsoSmall;
        await using (await database.HoldWriterAsync())
        {
            small = Append(2, 1);
            large = Append(3, 200);
            alsoSmall = Append(4, 1);
        }
        await small;
        await Assert.ThrowsExactlyAsync<LogRefusedException>(() => large);
        await alsoSmall;
        Assert.AreEqual(0, await Last(3));
    }

    [TestMethod]
    public async Task AFailedCommitIsUnknownAndTheWriterContinues()
    {
        await PrepareFailingCommitAsync();
        Task append;
        Task<int> poison;
        await using (await database.HoldWriterAsync())
        {
            append = Append(1, 2);
            poison = FailCommitAsync();
        }
        await Assert.ThrowsExactlyAsync<LogOutcomeUnknownException>(() => append);
        await Assert.ThrowsExactlyAsync<LogOutcomeUnknownException>(() => poison);
        Assert.IsFalse(Writer.IsHealthy);
        Assert.AreEqual(0, await Last(1));
        await Append(1, 2);
        Assert.IsTrue(Writer.IsHealthy);
        Assert.AreEqual(2, await Last(1));
    }

    [TestMethod]
    public async Task AFailedCommitOfARepeatedWriteIsUnknown()
    {
        await PrepareFailingCommitAsync();
        Task good, bad, alsoGood;
        Task<int> poison;
        await using (await database.HoldWriterAsync())
        {
            good = Append(1, 1);
            poison = FailCommitAsync();
            bad = Append(1, 1);
            alsoGood = Append(2, 1);
        }
        await good;
        await Assert.ThrowsExactlyAsync<LogOutcomeUnknownException>(() => poison);
        await Assert.ThrowsExactlyAsync<LogRefusedException>(() => bad);
        await alsoGood;
    }

    [TestMethod]
    public async Task AChangeThatEndsTheTransactionFailsAndCommitsNothingAfterIt()
    {
        Task before, after;
        Task<int> change;
        await using (await database.HoldWriterAsync())
        {
            before = Append(1, 1);
            change = Writer.WriteAsync(connection => Sql.Execute(connection, "ROLLBACK"));
            after = Append(2, 1);
        }
        await before;
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => change);
        await after;
        Assert.AreEqual(1, await Last(1));
        Assert.AreEqual(1, await Last(2));
    }

    [TestMethod]
    public async Task ALostConnectionIsReopened()
    {
        await Assert.ThrowsAsync<Exception>(() => Writer.WriteAsync(connection =>
        {
            Sql.Execute(connection, "DELETE FROM sessions");
            connection.Close();
            return 0;
        }));
        await Append(1, 1);
        Assert.AreEqual(1, await Last(1));
    }

    [TestMethod]
    public async Task ClosingCommitsQueuedWritesAndRefusesLaterOnes()
    {
        Task[] appends;
        Task closed;
        await using (await database.HoldWriterAsync())
        {
            appends = [.. Enumerable.Range(1, 20).Select(i => Append(i, 500))];
            closed = Writer.CloseAsync();
            Assert.IsFalse(closed.IsCompleted);
            await Assert.ThrowsExactlyAsync<LogRefusedException>(() => Append(1, 1));
            await Assert.ThrowsExactlyAsync<LogRefusedException>(() => Writer.WriteAsync(_ => 1));
        }
        await closed;
        Assert.IsTrue(appends.All(append => append.IsCompletedSuccessfully));
        Assert.AreEqual(500, await Last(20));
        await database.ReopenAsync();
        Assert.AreEqual(500, await Last(20));
    }

    [TestMethod]
    public async Task FailedReadersAreReplaced()
    {
        foreach (var sql in (string[])["SELECT * FROM nowhere", "DELETE FROM messages RETURNING 1"])
        {
            for (var i = 0; i < 10; i++)
            {
                await Assert.ThrowsExactlyAsync<SqliteException>(
                    () => database.Readers.ReadAsync(reader => reader.Number(sql), default).AsTask());
            }
        }
        Assert.AreEqual(0, await Last(1));
        await database.Readers.DisposeAsync();
        await Assert.ThrowsExactlyAsync<ObjectDisposedException>(() => Last(1));
    }

    [TestMethod]
    public async Task TheWriteAheadLogIsTruncatedOnceItsReaderIsDone()
    {
        await Append(1, 1);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var release = new ManualResetEventSlim();
        int Block()
        {
            entered.SetResult();
            release.Wait(Wait.Limit);
            return 0;
        }
        var read = Task.Run(() => database.Readers
            .ReadAsync(reader => reader.Rows("SELECT seq FROM messages", _ => Block()), default).AsTask());
        await entered.Task.WaitAsync(Wait.Limit);
        for (var i = 2; i <= 9; i++) await Append(i, 450, new string('x', 16_000));
        Assert.IsGreaterThan(50 << 20, LogBytes());

        release.Set();
        await read.WaitAsync(Wait.Limit);
        for (var i = 10; i <= 12; i++) await Append(i, 450, new string('x', 16_000));
        await Writer.CloseAsync();
        Assert.IsLessThan(40 << 20, LogBytes());
    }

    private int LogBytes() => (int)new FileInfo(database.FilePath + "-wal").Length;

    private Task<IReadOnlyList<ChangeOutcome>> Append(
        long conversation, int count, string text = "some text of a message that takes its place on a page of the file") => Log.AppendAsync(
        new(conversation), [.. Enumerable.Range(1, count).Select(seq => new LoggedMessage(seq, "ana", text, 1, 7, "c" + seq))]);

    private async Task<long> Last(long conversation) => (await Log.RangeAsync(new(conversation), TestContext.CancellationToken)).Last;

    private async Task SetRoomAsync(int pages)
    {
        var used = await database.NumberAsync("PRAGMA page_count");
        await database.NumberAsync($"PRAGMA max_page_count = {used + pages}");
    }

    /// <summary>COMMIT alone checks a deferred foreign key.</summary>
    private Task<int> PrepareFailingCommitAsync() => database.ExecuteAsync(
        "CREATE TABLE parent(id INTEGER PRIMARY KEY); CREATE TABLE child(parent REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED)");

    private Task<int> FailCommitAsync() => database.ExecuteAsync("INSERT INTO child VALUES (1)");
}
