using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Memory;
using Chat.Daemon.Storage.Stores;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.Testing;

namespace Chat.Daemon.Tests.Storage;

[TestClass]
public class ConversationStoreTests : StoreTests
{
    private readonly TestTime clock = new();

    private ConversationStore Store => new(Database.Writer, Database.Readers, Database.Log, clock);

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private protected virtual bool ReadsOnCallersThread => true;

    [TestMethod]
    public async Task ARoomIsFoundByItsKeyAndKeepsItsSpelling()
    {
        Assert.IsNull(await Store.FindRoomAsync(TestUsers.Room("Café"), Stop));
        var created = await Store.CreateRoomAsync(TestUsers.Room("Café"), "a1");
        Assert.IsNotNull(created);
        Assert.AreEqual(new StoredRoom(created.Id, "café", "Café", NowMs, "a1", null, null, null), created);
        await Database.ReopenAsync();
        Assert.AreEqual(created, await Store.FindRoomAsync(TestUsers.Room("CAFÉ"), Stop));
    }

    [TestMethod]
    public async Task ARoomCreatedTwiceIsOneRoom()
    {
        var created = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(i => Task.Run(() => Store.CreateRoomAsync(TestUsers.Room(i % 2 == 0 ? "Geral" : "geral"), $"g{i}"), Stop)));
        Assert.HasCount(1, created.Distinct());
        Assert.AreEqual(1, await Store.CountRoomsAsync(Stop));
    }

    [TestMethod]
    public async Task RoomsAreListedInPages()
    {
        foreach (var name in (string[])["d", "B", "a", "C", "é"]) await Store.CreateRoomAsync(TestUsers.Room(name), "a1");
        await Store.FindOrCreateDirectAsync(Someone("a1", "ana"), Someone("a2", "bia"), Stop);
        Assert.AreEqual(5, await Store.CountRoomsAsync(Stop));
        var first = await Store.RoomsAsync("", 3, Stop);
        Assert.AreEqual("a B C", string.Join(' ', first.Select(room => room.Name)));
        var rest = await Store.RoomsAsync(first[^1].Key, 3, Stop);
        Assert.AreEqual("d é", string.Join(' ', rest.Select(room => room.Name)));
    }

    [TestMethod]
    public async Task TopicOwnerAndPrivacyOfARoomAreRead()
    {
        await Store.CreateRoomAsync(TestUsers.Room("sala"), "a1");
        await Database.ExecuteAsync("UPDATE conversations SET topic = 'things', owner = 'a1', private = 1");
        var room = await Store.FindRoomAsync(TestUsers.Room("sala"), Stop);
        Assert.AreEqual(("things", "a1", true), (room!.Topic, room.Owner, room.Private));
    }

    [TestMethod]
    public async Task TwoUsersShareOneConversation()
    {
        var (ana, bia) = (Someone("a10", "Ana"), Someone("g9", "Bia"));
        var both = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => i % 2 == 0 ? Store.FindOrCreateDirectAsync(ana, bia, Stop) : Store.FindOrCreateDirectAsync(bia, ana, Stop), Stop)));
        Assert.HasCount(1, both.Select(direct => direct.Id).Distinct());
        Assert.AreEqual(("g9", "Bia"), (both[0].OtherIdentity, both[0].OtherName));
        Assert.AreEqual(("a10", "Ana"), (both[1].OtherIdentity, both[1].OtherName));
        Assert.AreEqual(both[0], await Store.FindDirectAsync("a10", "g9", Stop));
        Assert.AreEqual(both[1], await Store.FindDirectAsync("g9", "a10", Stop));
        Assert.IsNull(await Store.FindDirectAsync("a10", "g8", Stop));
    }

    [TestMethod]
    public async Task AUserMayWriteToOneself()
    {
        var ana = Someone("a1", "ana");
        var direct = await Store.FindOrCreateDirectAsync(ana, ana, Stop);
        await WriteAsync(direct, 1);
        Assert.AreEqual(direct, await Store.FindDirectAsync("a1", "a1", Stop));
        Assert.AreEqual(new WrittenDirect(direct, new(1, 1), null), (await Store.DirectOfAsync("a1", 100, Stop)).Single());
        Assert.AreEqual(direct, (await Store.DirectWithAsync("a1", ana.Name, 10, Stop)).Single());
    }

    [TestMethod]
    public async Task DirectConversationsAreListedWithTheNewestMessageFirst()
    {
        var ana = Someone("a5", "ana");
        var others = new[] { Someone("a1", "bia"), Someone("g7", "caio"), Someone("a9", "davi"), Someone("a3", "eva") };
        var directs = new List<StoredDirect>();
        foreach (var other in others) directs.Add(await Store.FindOrCreateDirectAsync(ana, other, Stop));
        foreach (var i in (int[])[2, 0, 1]) await WriteAsync(directs[i], 1); // nobody writes to eva
        await WriteAsync(directs[2], 2);
        await WriteAsync(await Store.FindOrCreateDirectAsync(others[0], others[1], Stop), 1);

        var listed = await Store.DirectOfAsync("a5", 100, Stop);
        WrittenDirect[] expected =
            [new(directs[2], new(1, 2), null), new(directs[1], new(1, 1), null), new(directs[0], new(1, 1), null)];
        CollectionAssert.AreEqual(expected, listed.ToArray());
        Assert.HasCount(2, await Store.DirectOfAsync("a5", 2, Stop));
        Assert.HasCount(2, await Store.DirectOfAsync("g7", 100, Stop));
        Assert.IsEmpty(await Store.DirectOfAsync("g8", 100, Stop));
    }

    [TestMethod]
    public async Task TheNameOfTheOtherUserShowsWhoseItIsNow()
    {
        await Database.ExecuteAsync(
            "INSERT INTO accounts(id, name, name_key, role, password, created_at) VALUES (8, 'Bia', 'bia', 1, 'none', 0)");
        await WriteAsync(await Store.FindOrCreateDirectAsync(Someone("a5", "ana"), Someone("g7", "BIA"), Stop), 1);
        Assert.AreEqual(8, (await Store.DirectOfAsync("a5", 100, Stop)).Single().NameOwner);
        Assert.IsNull((await Store.DirectOfAsync("g7", 100, Stop)).Single().NameOwner);
    }

    /// <summary>Readers of a file run on the caller's thread, so what they read is what this thread allocates.</summary>
    [TestMethod]
    public async Task TheLatestOfVeryManyDirectConversationsAreReadAlone()
    {
        await Database.ExecuteAsync("""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
            INSERT INTO conversations(
                kind, created_at, creator, first_identity, first_name, first_name_key, second_identity, second_name, second_name_key)
            SELECT 'direct', 0, 'a1', 'a1', 'ana', 'ana', 'g' || i, 'g' || i, 'g' || i FROM n
            """);
        await WriteAsync((await Store.FindDirectAsync("a1", "g17", Stop))!, 1);
        await WriteAsync((await Store.FindDirectAsync("a1", "g9", Stop))!, 1);
        await Store.DirectOfAsync("a1", 100, Stop); // prepared by now

        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = Store.DirectOfAsync("a1", 100, Stop);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (ReadsOnCallersThread) Assert.IsTrue(reading.IsCompletedSuccessfully);
        Assert.AreEqual("g9 g17", string.Join(' ', (await reading).Select(d => d.Direct.OtherName)));
        if (ReadsOnCallersThread) Assert.IsLessThan(100_000, allocated);
    }

    [TestMethod]
    public async Task ConversationsAreFoundByTheNameAtTheirStart()
    {
        var ana = Someone("a1", "ana");
        var account = await Store.FindOrCreateDirectAsync(ana, Someone("a0", "Bia"), Stop);
        var guest = await Store.FindOrCreateDirectAsync(Someone("g4", "BIA"), ana, Stop);
        await Store.FindOrCreateDirectAsync(ana, Someone("g5", "caio"), Stop);
        Assert.IsTrue(UserName.TryParse("bia", out var bia));
        var with = await Store.DirectWithAsync("a1", bia, 10, Stop);
        CollectionAssert.AreEqual(new[] { guest.Id, account.Id }, with.Select(direct => direct.Id).ToArray());
        Assert.AreEqual("BIA Bia", string.Join(' ', with.Select(direct => direct.OtherName)));
        Assert.HasCount(1, await Store.DirectWithAsync("a1", bia, 1, Stop));
        Assert.IsEmpty(await Store.DirectWithAsync("g5", bia, 10, Stop));
    }

    [TestMethod]
    public async Task TheOrderComesFromAMemoryLogToo()
    {
        var log = new MemoryMessageLog(10, clock, Database.Readers);
        var store = new ConversationStore(Database.Writer, Database.Readers, log, clock);
        var direct = await store.FindOrCreateDirectAsync(Someone("a1", "ana"), Someone("a2", "bia"), Stop);
        await WriteAsync(direct, 1); // of an earlier run, with a durable log
        Assert.IsEmpty(await store.DirectOfAsync("a1", 100, Stop));
        await log.AppendAsync(direct.Id, [new LoggedMessage(1, "ana", "x", 1, 1), new LoggedMessage(2, "ana", "x", 1, 1)]);
        Assert.AreEqual(2, (await store.DirectOfAsync("a2", 100, Stop)).Single().Range.Last);
    }

    private static DirectUser Someone(string identity, string name) =>
        new(identity, UserName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name));

    private Task<IReadOnlyList<ChangeOutcome>> WriteAsync(StoredDirect direct, long seq) =>
        Database.Log.AppendAsync(direct.Id, [new LoggedMessage(seq, "ana", "x", 1, 1)]);
}
