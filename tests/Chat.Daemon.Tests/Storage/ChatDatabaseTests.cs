using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Daemon.Tests.Storage;

[TestClass]
public sealed class ChatDatabaseTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly DaemonMetrics metrics = new();

    public void Dispose()
    {
        metrics.Dispose();
        folder.Dispose();
    }

    [TestMethod]
    public async Task ASecondProcessIsRefusedUntilTheFirstHasClosed()
    {
        using (StateFolder.Open(folder.Data))
        {
            var refused = Assert.ThrowsExactly<StateFolderInUseException>(() => StateFolder.Open(folder.Data));
            Assert.Contains("Another chatd uses the data folder", refused.Message);
        }
        await OpenAndCloseAsync();
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void AFolderThatCannotBeCreatedIsUnusable()
    {
        var unusable = Assert.ThrowsExactly<DatabaseUnusableException>(() => StateFolder.Open("/proc/self/nonexistent/data"));
        Assert.Contains("--data", unusable.Message);
    }

    [TestMethod]
    [DataRow(255, 2)]
    [DataRow(256, 1)]
    [OSCondition(OperatingSystems.Linux)]
    public void APathThatIsTooLongIsUnusable(int length, int names)
    {
        var path = Path.Combine([folder.Data, .. Enumerable.Repeat(new string('a', length), names)]);
        var unusable = Assert.ThrowsExactly<DatabaseUnusableException>(() => StateFolder.Open(path));
        Assert.AreEqual(ExitStatus.DatabaseUnusable, unusable.Status);
        Assert.Contains("shorter path", unusable.Message);
    }

    [TestMethod]
    public void AFileWhereTheFolderShouldBeIsUnusable()
    {
        File.WriteAllText(folder.Data, "");
        Assert.ThrowsExactly<DatabaseUnusableException>(() => StateFolder.Open(folder.Data));
    }

    [TestMethod]
    public void AFolderWhereTheFileShouldBeIsUnusable()
    {
        Directory.CreateDirectory(folder.Database);
        Assert.ThrowsExactly<DatabaseUnusableException>(Open);
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(1_000)]
    [DataRow(100_000)]
    public void AFileThatIsNotADatabaseIsUnusableAndUnchanged(int bytes)
    {
        Directory.CreateDirectory(folder.Data);
        var garbage = RandomNumberGenerator.GetBytes(bytes);
        File.WriteAllBytes(folder.Database, garbage);
        var unusable = Assert.ThrowsExactly<DatabaseUnusableException>(Open);
        Assert.Contains("restore a backup", unusable.Message);
        CollectionAssert.AreEqual(garbage, File.ReadAllBytes(folder.Database));
    }

    [TestMethod]
    public async Task ADamagedDatabaseIsUnusable()
    {
        await OpenAndCloseAsync();
        using (var file = File.OpenWrite(folder.Database))
        {
            file.Position = 100;
            file.Write(new byte[4000]);
        }
        Assert.ThrowsExactly<DatabaseUnusableException>(Open);
    }

    [TestMethod]
    public async Task ANewerSchemaIsUnusableAndUnchanged()
    {
        await OpenAndCloseAsync();
        Execute("PRAGMA user_version = 999");
        var unusable = Assert.ThrowsExactly<DatabaseUnusableException>(Open);
        Assert.Contains("newer", unusable.Message);
        Execute("PRAGMA user_version = " + Schema.Version);
        await OpenAndCloseAsync();
    }

    [TestMethod]
    public async Task AnOlderSchemaIsMigratedWithItsRows()
    {
        CreateOlder(version: 5);
        Execute("INSERT INTO guests_of_rooms(conversation, identity) VALUES (7, 'a1')");

        using var held = StateFolder.Open(folder.Data);
        await using var database = ChatDatabase.Open(held, Durability.Normal, metrics, NullLogger<SqliteWriter>.Instance);
        using (var before = new SqliteConnection($"Data Source={folder.Database}.schema-5;Mode=ReadOnly;Pooling=False"))
        {
            before.Open();
            Assert.AreEqual(5, Sql.Number(before, "PRAGMA user_version"), "the copy is of the older version");
            Assert.AreEqual(1, Sql.Number(before, "SELECT count(*) FROM guests_of_rooms"));
        }
        var rooms = new RoomStore(database.Writer, database.Readers);
        Assert.IsTrue(await rooms.IsInvitedAsync(new(7), "a1", CancellationToken.None));
        Assert.IsFalse(await rooms.IsInvitedAsync(new(7), "a2", CancellationToken.None));
        await rooms.InviteAsync(new(7), "a2");
        Assert.IsTrue(await rooms.IsInvitedAsync(new(7), "a2", CancellationToken.None));
    }

    [TestMethod]
    public async Task ThePlaceOfTheLastLoginStaysKnown()
    {
        CreateOlder(version: 6);
        Execute("""
            INSERT INTO accounts(id, name, name_key, role, password, created_at, known_address) VALUES
                (1, 'ana', 'ana', 1, 'x', 5, '203.0.113.7'), (2, 'bia', 'bia', 1, 'x', 5, '2001:db8:7:8::9'),
                (3, 'gil', 'gil', 1, 'x', 5, NULL)
            """);

        using var held = StateFolder.Open(folder.Data);
        await using var database = ChatDatabase.Open(held, Durability.Normal, metrics, NullLogger<SqliteWriter>.Instance);
        var known = new KnownNetworkStore(database.Writer, database.Readers, TimeProvider.System);
        Assert.IsTrue(await known.ContainsAsync(1, NetworkOf("203.0.113.7"), CancellationToken.None));
        Assert.IsTrue(await known.ContainsAsync(2, NetworkOf("2001:db8:7:ff::1"), CancellationToken.None));
        Assert.AreEqual(2, await database.Writer.WriteAsync(c => Sql.Number(c, "SELECT count(*) FROM known_networks")));
        var accounts = new AccountStore(database.Writer, database.Readers, TimeProvider.System);
        Assert.AreEqual("gil", (await accounts.FindAsync(3, CancellationToken.None))?.Name.Text);

        static IPNetwork NetworkOf(string address) => GuessLimits.NetworkOf(IPAddress.Parse(address));
    }

    [TestMethod]
    public async Task AnEarlierMuteStaysAndGetsItsName()
    {
        CreateOlder(version: 7);
        Execute("""
            INSERT INTO accounts(id, name, name_key, role, password, created_at) VALUES (1, 'Ana', 'ana', 1, 'x', 5);
            INSERT INTO mutes(identity, conversation, until, reason, by) VALUES
                ('a1', 7, 4000000000000, 'spam', 'mo'), ('g9', 0, 4000000000000, '', 'mo')
            """);

        using var held = StateFolder.Open(folder.Data);
        await using var database = ChatDatabase.Open(held, Durability.Normal, metrics, NullLogger<SqliteWriter>.Instance);
        using var mutes = new Mutes(database.Writer, database.Readers, TimeProvider.System);
        await ((IStartupStep)mutes).RunAsync(CancellationToken.None);
        CollectionAssert.AreEquivalent(new[] { "Ana spam", "g9 " }, mutes.All.Select(mute => $"{mute.Name} {mute.Reason}").ToList());
        var ana = new ChatUser(Identity.OfAccount(1), UserName.TryParse("Ana", out var name) ? name : null!, Role.Member);
        Assert.IsNotNull(mutes.Of(new(ana, 0, null), new(7)));
    }

    [TestMethod]
    public async Task DirectConversationsOfAnOlderSchemaAreListed()
    {
        CreateOlder(version: 7);
        Execute("""
            INSERT INTO conversations(
                id, kind, created_at, creator, first_identity, first_name, first_name_key, second_identity, second_name, second_name_key)
            VALUES (1, 'direct', 0, '', 'a1', 'ana', 'ana', 'a2', 'bia', 'bia'),
                (2, 'direct', 0, '', 'a1', 'ana', 'ana', 'a3', 'gil', 'gil'),
                (3, 'direct', 0, '', 'a1', 'ana', 'ana', 'a4', 'max', 'max');
            INSERT INTO messages(conversation, seq, sender, at, text, session, erased)
            VALUES (2, 1, 'ana', 0, 'oi', 1, 0), (1, 1, 'ana', 0, 'oi', 1, 0), (2, 2, 'gil', 0, 'oi', 1, 0);
            """);

        using var held = StateFolder.Open(folder.Data);
        await using var database = ChatDatabase.Open(held, Durability.Normal, metrics, NullLogger<SqliteWriter>.Instance);
        var log = new DatabaseMessageLog(database.Writer, database.Readers);
        ConversationTail[] expected = [new(new(2), new(1, 2)), new(new(1), new(1, 1))];
        CollectionAssert.AreEqual(expected, (await log.LatestDirectsAsync("a1", 10, CancellationToken.None)).ToArray());
    }

    [TestMethod]
    public void AnotherProgramsDatabaseIsUnusable()
    {
        Directory.CreateDirectory(folder.Data);
        Execute("CREATE TABLE theirs(x)");
        var unusable = Assert.ThrowsExactly<DatabaseUnusableException>(Open);
        Assert.Contains("another program", unusable.Message);
    }

    [TestMethod]
    public async Task AnEmptyFileBecomesADatabase()
    {
        Directory.CreateDirectory(folder.Data);
        File.WriteAllBytes(folder.Database, []);
        await OpenAndCloseAsync();
        await OpenAndCloseAsync();
    }

    [TestMethod]
    [DataRow(nameof(Durability.Full), 2)]
    [DataRow(nameof(Durability.Normal), 1)]
    [DataRow(nameof(Durability.None), 1)]
    public async Task DurabilitySetsWhetherACommitWaitsForTheDisk(string setting, int synchronous)
    {
        var durability = Enum.Parse<Durability>(setting);
        using var held = StateFolder.Open(folder.Data);
        await using var database = ChatDatabase.Open(held, durability, metrics, NullLogger<SqliteWriter>.Instance);
        Assert.AreEqual(synchronous, await database.Writer.WriteLikeMessagesAsync(c => Sql.Number(c, "PRAGMA synchronous")));
        Assert.AreEqual(2, await database.Writer.WriteAsync(c => Sql.Number(c, "PRAGMA synchronous")), "accounts, roles, bans, tokens");
        Assert.AreEqual(synchronous, await database.Writer.WriteLikeMessagesAsync(c => Sql.Number(c, "PRAGMA synchronous")));
        Assert.AreEqual(4000, await database.Writer.WriteAsync(connection => Sql.Number(connection, "PRAGMA wal_autocheckpoint")));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public async Task OnlyTheOwnerMayReadTheFiles()
    {
        using var held = StateFolder.Open(folder.Data);
        await using var database = ChatDatabase.Open(held, Durability.Normal, metrics, NullLogger<SqliteWriter>.Instance);
        Assert.AreEqual("700", Mode(folder.Data));
        foreach (var file in (string[])["chat.db", "chat.db-wal", "chat.db-shm", "chatd.lock"])
            Assert.AreEqual("600", Mode(Path.Combine(folder.Data, file)), file);
    }

    [UnsupportedOSPlatform("windows")]
    private static string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);

    private void Open()
    {
        using var held = StateFolder.Open(folder.Data);
        var database = ChatDatabase.Open(held, Durability.Normal, metrics, NullLogger<SqliteWriter>.Instance);
        database.DisposeAsync().AsTask().WaitAsync(Wait.Limit).GetAwaiter().GetResult();
    }

    private async Task OpenAndCloseAsync()
    {
        using var held = StateFolder.Open(folder.Data);
        await using var database = ChatDatabase.Open(held, Durability.Normal, metrics, NullLogger<SqliteWriter>.Instance);
        Assert.AreEqual(Schema.Version, await database.Writer.WriteAsync(connection => Sql.Number(connection, "PRAGMA user_version")));
    }

    /// <summary>A database as an earlier version wrote it.</summary>
    private void CreateOlder(int version)
    {
        Directory.CreateDirectory(folder.Data);
        using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        connection.Open();
        Schema.Migrate(connection, folder.Database, version);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        connection.Open();
        Sql.Execute(connection, sql);
    }
}
