using System.Security.Cryptography;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;
using Chat.Testing;

namespace Chat.Daemon.Tests.Storage;

[TestClass]
public class SessionStoreTests : StoreTests
{
    private readonly TestTime clock = new();

    private SessionStore Store => new(Database.Writer, Database.Readers, clock);

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    [TestMethod]
    public async Task ASessionIsFoundByItsTokenAfterARestart()
    {
        var hash = NewHash();
        var added = await Store.AddAsync(hash, Name("Ana"), account: 12, "pt-BR");
        Assert.AreEqual(new StoredSession(added.Id, "Ana", "ana", 12, "pt-BR", NowMs, NowMs, Held: true), added);
        await Database.ReopenAsync();
        Assert.AreEqual(added, await Store.FindAsync(hash, Stop));
        Assert.IsNull(await Store.FindAsync(NewHash(), Stop));
        Assert.IsNull(await Store.FindAsync(hash.AsMemory(0, 31), Stop));
    }

    [TestMethod]
    public async Task AnEndedSessionIsGoneAndItsIdIsNotReused()
    {
        var hash = NewHash();
        var ended = await Store.AddAsync(hash, Name("ana"), null, null);
        Assert.IsTrue(await Store.EndAsync(ended.Id));
        Assert.IsFalse(await Store.EndAsync(ended.Id));
        Assert.IsNull(await Store.FindAsync(hash, Stop));
        await Store.MarkAsync([new(ended.Id, NowMs, Held: true)]);
        Assert.IsNull(await Store.FindAsync(hash, Stop));
        await Database.ReopenAsync();
        Assert.IsGreaterThan(ended.Id, (await Store.AddAsync(NewHash(), Name("ana"), null, null)).Id);
    }

    [TestMethod]
    public async Task ManySessionsAreMarkedAtOnce()
    {
        var hashes = Enumerable.Range(0, 100).Select(_ => NewHash()).ToArray();
        var sessions = await Task.WhenAll(hashes.Select(hash => Store.AddAsync(hash, Name("ana"), null, null)));
        await Store.MarkAsync([.. sessions.Select((session, i) => new SessionMark(session.Id, NowMs + i, Held: i % 2 == 0))]);
        await Store.MarkAsync([]);
        var found = await Store.FindAsync(hashes[99], Stop);
        Assert.AreEqual((NowMs + 99, false), (found!.SeenAtMs, found.Held));
        Assert.AreEqual(50, await Database.NumberAsync("SELECT count(*) FROM sessions WHERE held = 1"));
    }

    [TestMethod]
    [DataRow(null, 24, DisplayName = "a guest's")]
    [DataRow(5L, 24 * 30, DisplayName = "an account's")]
    public async Task ATokenThatWasNotUsedExpires(long? account, int hours)
    {
        var hash = NewHash();
        var session = await Store.AddAsync(hash, Name("ana"), account, null);
        await Store.MarkAsync([new(session.Id, NowMs, Held: false)]);
        clock.Advance(TimeSpan.FromHours(hours));
        Assert.AreEqual(0, await Store.DeleteExpiredAsync());
        Assert.IsNotNull(await Store.FindAsync(hash, Stop));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsNull(await Store.FindAsync(hash, Stop));
        Assert.AreEqual(1, await Store.DeleteExpiredAsync());
        Assert.AreEqual(0, await Database.NumberAsync("SELECT count(*) FROM sessions"));
    }

    [TestMethod]
    public async Task AHeldSessionDoesNotExpire()
    {
        var hash = NewHash();
        await Store.AddAsync(hash, Name("ana"), null, null);
        clock.Advance(TimeSpan.FromDays(100));
        Assert.AreEqual(0, await Store.DeleteExpiredAsync());
        Assert.IsNotNull(await Store.FindAsync(hash, Stop));
    }

    [TestMethod]
    public async Task ManyExpiredSessionsAreDeleted()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, 1100).Select(_ => Store.AddAsync(NewHash(), Name("ana"), null, null)));
        await Store.MarkAsync([.. sessions.Skip(50).Select(session => new SessionMark(session.Id, NowMs, Held: false))]);
        clock.Advance(TimeSpan.FromDays(2));
        Assert.AreEqual(1050, await Store.DeleteExpiredAsync());
    }

    [TestMethod]
    public async Task OnlyTheNewestGuestOfANameStaysHeldAfterAStart()
    {
        await Store.AddAsync(NewHash(), Name("ana"), null, null);
        clock.Advance(TimeSpan.FromHours(24));
        var account = await Store.AddAsync(NewHash(), Name("bia"), 2, null);
        var caio = await Store.AddAsync(NewHash(), Name("caio"), null, null);
        await Store.AddAsync(NewHash(), Name("davi"), null, null);
        var davi = await Store.AddAsync(NewHash(), Name("DAVI"), null, null);
        var gone = await Store.AddAsync(NewHash(), Name("eva"), null, null);
        await Store.MarkAsync([new(gone.Id, NowMs, Held: false)]);
        await Database.ReopenAsync();
        clock.Advance(TimeSpan.FromMilliseconds(1));

        var held = await Store.ReleaseHeldAsync();
        CollectionAssert.AreEqual(new[] { caio, davi }, held.ToArray());
        clock.Advance(TimeSpan.FromDays(30));
        Assert.AreEqual(4, await Store.DeleteExpiredAsync(), "the first guest, the older of two, the account's, and the one not held");
        Assert.AreEqual(2, await Database.NumberAsync($"SELECT count(*) FROM sessions WHERE id <> {account.Id}"));
    }

    private static byte[] NewHash() => RandomNumberGenerator.GetBytes(32);

    private static UserName Name(string name) => UserName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name);
}
