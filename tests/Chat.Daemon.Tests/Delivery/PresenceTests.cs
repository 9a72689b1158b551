using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Sessions;
using Chat.Protocol;
using Chat.TestKit;
using Chat.Testing;

namespace Chat.Daemon.Tests.Delivery;

[TestClass]
public sealed class PresenceTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private readonly TestTime time = new();

    [TestMethod]
    public async Task ManyJoinsTakeFewFramesThatNameEachUserOnce()
    {
        const int Many = 300;
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        var guests = await Task.WhenAll(Enumerable.Range(0, Many).Select(i => daemon.GuestAsync($"g{i}", "geral")));
        Assert.HasCount(Many + 1, (await ana.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"))).Entries);

        var frames = new List<DaemonFrame.Presence>();
        while (frames.Sum(f => f.Arrived?.Count ?? 0) < Many + 1) frames.Add(await ana.ExpectAsync<DaemonFrame.Presence>());
        var names = frames.SelectMany(f => f.Arrived ?? []).ToList();
        CollectionAssert.AreEquivalent((string[])["ana", .. guests.Select(g => g.Name)], names);
        Assert.IsLessThan(60, frames.Count);
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    [TestMethod]
    public async Task EachTickSendsOneFrame()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        time.Advance(Tick);
        Assert.AreEqual("ana", (await ana.ExpectAsync<DaemonFrame.Presence>()).Arrived!.Single());

        var guests = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => daemon.GuestAsync($"g{i}", "geral")));
        await guests[0].AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        time.Advance(Tick);
        var presence = await ana.ExpectAsync<DaemonFrame.Presence>();
        CollectionAssert.AreEquivalent(guests[1..].Select(g => g.Name).ToArray(), presence.Arrived!.ToArray());
        Assert.IsNull(presence.Departed);
        await ExpectNoPresenceAsync(ana);
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    [TestMethod]
    public async Task AUserWithTwoConnectionsIsAnnouncedOnce()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var desk = await daemon.ConnectAsync("desk");
        var register = new ClientFrame.Register("bia", "uma senha bem comprida");
        await desk.AskAsync<DaemonFrame.Welcome>(register);
        await using var phone = await daemon.ConnectAsync("phone");
        await phone.LoginAsync(new ClientFrame.Login("bia", register.Password, Rooms: []));
        time.Advance(Tick);
        await ana.ExpectAsync<DaemonFrame.Presence>();

        await desk.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
        time.Advance(Tick);
        Assert.AreEqual("bia", (await ana.ExpectAsync<DaemonFrame.Presence>()).Arrived!.Single());
        await phone.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
        await ExpectNoPresenceAsync(ana);
        await desk.DisposeAsync();
        await ExpectNoPresenceAsync(ana);
        await phone.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        time.Advance(Tick);
        Assert.AreEqual("bia", (await ana.ExpectAsync<DaemonFrame.Presence>()).Departed!.Single());
    }

    [TestMethod]
    public async Task AListedUserWhoLeavesBeforeTheTickIsNotPresent()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");

        Assert.HasCount(2, (await ana.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"))).Entries);
        await bia.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        time.Advance(Tick);

        var here = new HashSet<string>();
        await ana.SettleAsync();
        foreach (var presence in ana.Waiting.Select(w => w.Frame).OfType<DaemonFrame.Presence>())
        {
            here.UnionWith(presence.Arrived ?? []);
            here.ExceptWith(presence.Departed ?? []);
        }
        CollectionAssert.AreEqual((string[])["ana"], here.ToArray());
        Assert.HasCount(1, (await ana.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"))).Entries);
    }

    [TestMethod]
    public async Task ListingTheMembersAnnouncesNobodyEarly()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia");
        time.Advance(Tick);
        await ana.ExpectAsync<DaemonFrame.Presence>();
        for (var i = 0; i < 20; i++)
        {
            await bia.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
            Assert.HasCount(2, (await bia.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"))).Entries);
            await bia.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
            Assert.HasCount(1, (await ana.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"))).Entries);
        }
        await ana.SettleAsync();
        Assert.IsFalse(ana.Waiting.Any(w => w.Frame is DaemonFrame.Presence));
        time.Advance(Tick);
        Assert.AreEqual("bia", (await ana.ExpectAsync<DaemonFrame.Presence>()).Departed!.Single()); // some list named it
        await ExpectNoPresenceAsync(ana);
    }

    [TestMethod]
    public async Task AListOfAFullRoomComesInPagesThatFitAFrame()
    {
        const int Many = 2_200;
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        Crowd(daemon, Many);

        var (names, pages) = (new List<string>(), 0);
        DaemonFrame.Members page;
        do
        {
            page = await ana.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral", names.Count == 0 ? null : names[^1]));
            names.AddRange(page.Entries.Select(e => e.User));
            pages++;
        }
        while (page.More);
        Assert.AreEqual((Many + 1, 2), (names.Count, pages));
        CollectionAssert.AreEqual(names.Order(StringComparer.Ordinal).ToArray(), names);
    }

    [TestMethod]
    public async Task AUserWhoLeavesAndRejoinsWithinATickIsNotAnnounced()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        time.Advance(Tick);
        await ana.ExpectAsync<DaemonFrame.Presence>();

        await bia.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        await bia.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
        await ExpectNoPresenceAsync(ana);
    }

    [TestMethod]
    public async Task AMemberListContinuesAfterAName()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("Bia", "geral");
        await using var caio = await daemon.GuestAsync("caio", "geral");

        var all = await ana.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"));
        CollectionAssert.AreEqual((string[])["ana", "Bia", "caio"], all.Entries.Select(e => e.User).ToArray());
        CollectionAssert.AreEqual((string[])["guest"], all.Entries[0].Roles.ToArray());
        var rest = await ana.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral", "BIA"));
        Assert.AreEqual("caio", rest.Entries.Single().User);
    }

    /// <summary>Puts users with long names into the room of the only connection.</summary>
    private static void Crowd(TestDaemon daemon, int users)
    {
        var registry = daemon.Get<SessionRegistry>();
        var only = registry.Attached().Select(registry.CurrentOf).Single()!;
        for (var i = 0; i < users; i++)
        {
            Assert.IsTrue(UserName.TryParse($"{string.Concat(Enumerable.Repeat("𐌰", 27))}{i:d5}", out var name));
            var user = new ChatUser(Identity.OfGuest(1_000_000 + i), name, Role.Guest);
            only.Rooms.Single().Room.Fanout.Enter(new Subscriber(only.Connection, user));
        }
    }

    private async Task ExpectNoPresenceAsync(TestClient client)
    {
        time.Advance(Tick + Tick);
        await client.SettleAsync();
        Assert.IsFalse(client.Waiting.Any(w => w.Frame is DaemonFrame.Presence));
    }
}
