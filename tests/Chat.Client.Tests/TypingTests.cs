using Chat.Testing;
using Chat.TestKit;

namespace Chat.Client.Tests;

[TestClass]
public sealed class TypingTests
{
    private static readonly Conversation Geral = Conversation.Room("geral");

    [TestMethod]
    public async Task OthersSeeIt()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var ana = await Guest.LoginAsync(daemon.Port, "ana", "geral");
        await using var bia = await Guest.LoginAsync(daemon.Port, "bia", "geral");
        await ana.UntilAsync(e => e is ChatEvent.JoinedRoom);
        await bia.UntilAsync(e => e is ChatEvent.JoinedRoom);
        for (var i = 0; i < 10; i++) await ana.Client.TypingAsync(Geral);
        var told = (ChatEvent.TypingChanged)await bia.UntilAsync(e => e is ChatEvent.TypingChanged);
        Assert.AreEqual(Geral, told.Conversation);
        Assert.AreEqual("ana", told.Users.Single());
        (await ana.Client.SendAsync(Geral, "oi")).OrThrow();
        await bia.UntilAsync(e => e is ChatEvent.MessageArrived);
        Assert.IsEmpty(((ChatEvent.TypingChanged)await bia.UntilAsync(e => e is ChatEvent.TypingChanged)).Users);

        // After a message, the next frame is sent at once.
        await ana.Client.TypingAsync(Geral);
        await bia.UntilAsync(e => e is ChatEvent.TypingChanged { Users: ["ana"] });
        Assert.IsFalse(ana.Seen.Any(e => e is ChatEvent.TypingChanged), "one's own typing is no news");
    }

    [TestMethod]
    public async Task AFrameIsSentEveryThreeSeconds()
    {
        var time = new TestTime();
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync(o => o with { Time = time, PingAfter = TimeSpan.FromDays(1) });
        await using var ana = guest;
        for (var i = 0; i < 10; i++)
        {
            await ana.Client.TypingAsync(Conversation.Room("r"));
            await ana.Client.TypingAsync(Conversation.With("bia"));
            time.Advance(TimeSpan.FromSeconds(1));
        }
        for (var i = 0; i < 4; i++)
        {
            Assert.AreEqual("r", (await peer.HearAsync("typing")).GetProperty("room").GetString());
            Assert.AreEqual("bia", (await peer.HearAsync("typing")).GetProperty("with").GetString());
        }
        await peer.SettleAsync(ana);
    }

    [TestMethod]
    public async Task AListEndsByTimeByALeftAndWithTheConnection()
    {
        var time = new TestTime();
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync(o => o with { Time = time, PingAfter = TimeSpan.FromDays(1) });
        await using var ana = guest;
        await peer.SayAsync("""{"type":"typing","room":"r","users":["ana","bia"]}""");
        await ana.UntilAsync(e => e is ChatEvent.TypingChanged { Users: ["bia"] });
        time.Advance(TimeSpan.FromSeconds(6));
        await peer.SayAsync("""{"type":"typing","room":"r","users":["bia"]}""");
        await peer.SettleAsync(ana);
        time.Advance(TimeSpan.FromSeconds(6.9));
        await peer.SayAsync("""{"type":"typing","with":"caio","users":["caio","ana"]}""");
        await ana.UntilAsync(e => e is ChatEvent.TypingChanged { Conversation.IsDirect: true, Users: ["caio"] });
        Assert.AreEqual(2, ana.Seen.OfType<ChatEvent.TypingChanged>().Count(), "a list that came again is no news");
        time.Advance(TimeSpan.FromSeconds(0.1));
        await ana.UntilAsync(e => e is ChatEvent.TypingChanged { Conversation.IsDirect: false, Users: [] });

        await peer.SayAsync("""{"type":"typing","room":"r","users":["bia"]}""");
        await peer.SayAsync("""{"type":"left","room":"r","reason":"kicked"}""");
        await ana.UntilAsync(e => e is ChatEvent.TypingChanged { Users: [] });
        peer.Dispose();
        await ana.UntilAsync(e => e is ChatEvent.TypingChanged { Conversation.IsDirect: true, Users: [] });
        await ana.UntilAsync(e => e is ChatEvent.ConnectionLost);
    }
}
