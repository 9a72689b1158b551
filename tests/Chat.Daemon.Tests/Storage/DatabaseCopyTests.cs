using Chat.Daemon.Configuration;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Testing;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Tests.Storage;

[TestClass]
public sealed class DatabaseCopyTests(TestContext context)
{
    /// <summary>The copy rests after each slice; the test's clock makes these rests last.</summary>
    [TestMethod]
    public async Task OthersCommitWhileACopyIsInItsMiddle()
    {
        await using var database = new TestDatabase();
        await database.ExecuteAsync("CREATE TABLE filler AS SELECT randomblob(5000000) AS bytes");
        var (time, path) = (new TestTime(), database.FilePath + ".copy");
        using var source = new DatabaseFile(database.FilePath, Durability.Normal).OpenReader();

        var copying = DatabaseCopy.WriteAsync(source, path, time, context.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            await database.ExecuteAsync($"INSERT INTO filler VALUES ({i})").WaitAsync(Wait.Limit, context.CancellationToken);
            Assert.IsFalse(copying.IsCompleted);
        }
        await Wait.UntilAsync(() => copying.IsCompleted, () =>
        {
            time.Advance(TimeSpan.FromMinutes(1));
            return Task.Delay(1);
        });
        await copying;

        using var copy = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        copy.Open();
        Assert.AreEqual(1, Sql.Number(copy, "SELECT count(*) FROM filler"), "The copy is of the moment when it began.");
        Assert.AreEqual(4, await database.NumberAsync("SELECT count(*) FROM filler"));
    }
}
