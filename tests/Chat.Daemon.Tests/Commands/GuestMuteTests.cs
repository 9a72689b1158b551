using System.Net;
using Chat.Daemon.Accounts;
using Chat.Daemon.Storage;
using Chat.Daemon.Tests.Storage;
using Chat.Protocol;
using Chat.TestKit;
using Chat.Testing;

namespace Chat.Daemon.Tests.Commands;

/// <summary>A guest has another session after each login, but the mute goes on.</summary>
[TestClass]
public sealed class GuestMuteTests
{
    private static readonly IPAddress School = IPAddress.Parse("203.0.113.5"), Home = IPAddress.Parse("198.51.100.7");
    private static readonly ConversationId Room = new(7), Other = new(8);

    [TestMethod]
    public async Task AGuestStaysMutedAfterLoggingOutAndIn()
    {
        await using var users = await TestUsers.StartAsync();
        var (max, bia) = (await users.EnterAsync("max", Role.Moderator), await users.EnterAsync("bia"));
        var gil = await users.EnterAsync("gil");
        await max.ReplyAsync("/mute gil 10m propaganda");
        await gil.LogOutAsync();

        gil = await users.EnterAsync("Gil", lang: "en");
        foreach (var line in (string[])["oi", "/topico oi"])
        {
            var refusal = await gil.RefusalAsync(line);
            Assert.AreEqual(
                ("muted", "max muted you here. Time left: 10m. Reason: propaganda"), (refusal.Code, refusal.Text));
            Assert.IsInRange(1, 600_000, refusal.RetryAfter!.Value);
        }
        await bia.SayAsync("geral", "oi");
        await gil.LogOutAsync();
        await users.Daemon.RestartAsync();
        Assert.AreEqual("muted", await (await users.EnterAsync("gil")).TypeAsync("oi"));

        max = await users.EnterAsync("max", Role.Moderator, "en");
        Assert.AreEqual("gil — 10m, by max: propaganda", await max.TypeAsync("/mutes"));
        await max.ReplyAsync("/unmute gil");
        Assert.AreEqual("Nobody is muted here.", await max.TypeAsync("/mutes"));
    }

    [TestMethod]
    public async Task AMuteEverywhereNamesAllRooms()
    {
        await using var users = await TestUsers.StartAsync();
        var max = await users.EnterAsync("max", Role.Moderator, "en");
        var gil = await users.EnterAsync("gil", lang: "en");
        await max.ReplyAsync("/mute gil 2d --everywhere");
        Assert.AreEqual("max muted you in all rooms. Time left: 2d.", (await gil.RefusalAsync("oi")).Text);
        Assert.AreEqual("gil (all rooms) — 2d, by max", await max.TypeAsync("/mutes"));
    }

    [TestMethod]
    public async Task BansAreListedWithReasonAndTimeLeft()
    {
        await using var users = await TestUsers.StartAsync();
        var max = await users.EnterAsync("max", Role.Moderator, "en");
        await users.AccountAsync("mia", Role.Member);
        await users.EnterAsync("gil");
        Assert.AreEqual("Nobody is banned.", await max.TypeAsync("/bans"));
        await max.ReplyAsync("/ban mia 7d spam");
        await max.ReplyAsync("/ban gil");
        await max.ReplyAsync("/ban network 203.0.113.0/24 1h");
        Assert.AreEqual("""
            mia — 7d, by max: spam
            gil (127.0.0.1/32) — no end, by max
            203.0.113.0/24 — 1h, by max
            """.ReplaceLineEndings("\n"), await max.TypeAsync("/bans"));
        var bia = await users.EnterAsync("bia");
        Assert.AreEqual("forbidden", await bia.TypeAsync("/bans"));
        Assert.AreEqual("forbidden", await bia.TypeAsync("/mutes"));
    }

    [TestMethod]
    public async Task ItSpreadsToLaterGuestsOfTheNetworkForAnHour()
    {
        var time = new TestTime();
        await using var database = new TestDatabase();
        using var mutes = new Mutes(database.Writer, database.Readers, time);
        await database.Writer.WriteAsync(connection => Sql.Execute(
            connection, "INSERT INTO sqlite_sequence(name, seq) VALUES ('sessions', 20)"));
        await mutes.AddAsync(Guest("gil", 5), School, Room.Value, TimeSpan.FromHours(3), "spam", "max");

        Assert.IsNull(mutes.Of(new(Guest("bia", 6), 6, School), Room), "A classmate who was there already");
        Assert.IsNull(mutes.Of(new(Member("mia", 3), 21, School), Room), "An account");
        Assert.IsNull(mutes.Of(new(Guest("gil", 22), 22, Home), Room), "Another gil at another place");
        Assert.IsNull(mutes.Of(new(Guest("gil", 5), 5, School), Other), "Another room");
        Assert.IsNotNull(mutes.Of(new(Guest("gil", 5), 5, Home), Room), "The same session from another place");
        Assert.IsFalse(mutes.Of(new(Guest("gil", 23), 23, School), Room)!.IsSpread);
        var taken = mutes.Of(new(Guest("gil2", 24), 24, School), Room)!;
        Assert.AreEqual((true, TimeSpan.FromHours(1)), (taken.IsSpread, taken.Left));

        time.Advance(TimeSpan.FromMinutes(61));
        Assert.IsNull(mutes.Of(new(Guest("caio", 25), 25, School), Room), "The next lesson");
        Assert.IsNotNull(mutes.Of(new(Guest("gil", 26), 26, School), Room));
    }

    [TestMethod]
    public async Task AnUnmutedBystanderEndsTheSpreadingOnly()
    {
        await using var database = new TestDatabase();
        using var mutes = new Mutes(database.Writer, database.Readers, TimeProvider.System);
        await mutes.AddAsync(Guest("gil", 5), School, Room.Value, TimeSpan.FromHours(3), "", "max");
        Speaker bia = new(Guest("bia", 6), 6, School), gil = new(Guest("gil", 7), 7, School);
        Assert.IsTrue(mutes.Of(bia, Room)!.IsSpread);

        Assert.IsFalse(await mutes.LiftAsync(bia, Other.Value));
        Assert.IsTrue(await mutes.LiftAsync(bia, Room.Value));
        Assert.IsNull(mutes.Of(bia, Room));
        Assert.IsNotNull(mutes.Of(gil, Room));

        using var restarted = new Mutes(database.Writer, database.Readers, TimeProvider.System);
        await ((IStartupStep)restarted).RunAsync(CancellationToken.None);
        Assert.IsNull(restarted.Of(bia, Room));
        Assert.IsNotNull(restarted.Of(gil, Room));
        Assert.IsTrue(await restarted.LiftAsync(gil, Room.Value));
        Assert.IsNull(restarted.Of(gil, Room));
    }

    [TestMethod]
    public async Task ItDoesNotSpreadFromALoopbackAddress()
    {
        await using var database = new TestDatabase();
        using var mutes = new Mutes(database.Writer, database.Readers, TimeProvider.System);
        await mutes.AddAsync(Guest("gil", 5), IPAddress.Loopback, Room.Value, TimeSpan.FromHours(3), "", "max");
        Assert.IsNull(mutes.Of(new(Guest("bia", 6), 6, IPAddress.Loopback), Room));
        Assert.IsNotNull(mutes.Of(new(Guest("gil", 7), 7, IPAddress.Loopback), Room));
    }

    private static ChatUser Guest(string name, long session) => new(Identity.OfGuest(session), TestUsers.Name(name), Role.Guest);

    private static ChatUser Member(string name, long account) => new(Identity.OfAccount(account), TestUsers.Name(name), Role.Member);
}
