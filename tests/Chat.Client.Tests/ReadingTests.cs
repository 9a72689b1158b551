using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Client.Tests;

/// <summary>How far an account has read, and the rooms on its list, on several devices.</summary>
[TestClass]
public sealed class ReadingTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly Conversation Room = Conversation.Room("r");

    [TestMethod]
    public async Task AMarkIsAnsweredAndToldToOtherDevices()
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Limits:MessagesPerSecond=0");
        await using var ana = await Guest.EnterAsync(daemon.Port, "ana", isNew: true, "r");
        await using var phone = await Guest.EnterAsync(daemon.Port, "ana");
        await using var bia = await Guest.LoginAsync(daemon.Port, "bia", "r");
        for (var i = 1; i <= 3; i++) (await bia.Client.SendAsync(Room, $"{i}")).OrThrow();

        Assert.AreEqual(2, (await ana.Client.ReadAsync(Room, 2).WaitAsync(Deadline)).OrThrow().Seq);
        Assert.AreEqual(2, (await ana.Client.ReadAsync(Room, 1).WaitAsync(Deadline)).OrThrow().Seq, "A mark never goes back.");
        Assert.AreEqual(3, (await ana.Client.ReadAsync(Room, 9).WaitAsync(Deadline)).OrThrow().Seq);
        await phone.UntilAsync(e => e is ChatEvent.ReadElsewhere { Seq: 3 });
        CollectionAssert.AreEqual((long[])[2, 3], phone.Seen.OfType<ChatEvent.ReadElsewhere>().Select(read => read.Seq).ToArray());
        Assert.AreEqual(Room, phone.Seen.OfType<ChatEvent.ReadElsewhere>().First().Conversation);

        (await bia.Client.SendAsync(Conversation.With("ana"), "oi")).OrThrow();
        Assert.AreEqual(1, (await phone.Client.ReadAsync(Conversation.With("bia"), 1).WaitAsync(Deadline)).OrThrow().Seq);
        await ana.UntilAsync(e => e is ChatEvent.ReadElsewhere { Seq: 1, Conversation: { IsDirect: true, Name: "bia" } });
        Assert.HasCount(1, ana.Seen.OfType<ChatEvent.ReadElsewhere>(), "No device is told of its own marks.");
        Assert.AreEqual(RefusalCode.Forbidden, (await bia.Client.ReadAsync(Room, 1).WaitAsync(Deadline)).Refusal?.Code);
    }

    [TestMethod]
    public async Task MentionsComeInPages()
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Limits:MessagesPerSecond=0");
        await using var ana = await Guest.EnterAsync(daemon.Port, "ana", isNew: true, "r");
        await using var bia = await Guest.LoginAsync(daemon.Port, "bia", "r");
        foreach (var text in (string[])["@ana 1", "ana", "@ana 2", "@ana 3"]) (await bia.Client.SendAsync(Room, text)).OrThrow();

        var first = (await ana.Client.MentionsAsync(limit: 2).WaitAsync(Deadline)).OrThrow();
        Assert.AreEqual("@ana 3|@ana 2|True", $"{string.Join('|', first.Messages.Select(message => message.Text))}|{first.More}");
        var second = (await ana.Client.MentionsAsync(first.Before).WaitAsync(Deadline)).OrThrow();
        Assert.AreEqual("@ana 1|False", $"{string.Join('|', second.Messages.Select(message => message.Text))}|{second.More}");
        Assert.AreEqual(RefusalCode.Forbidden, (await bia.Client.MentionsAsync().WaitAsync(Deadline)).Refusal?.Code);
    }

    [TestMethod]
    public async Task ARoomLeftElsewhereWhileAwayIsLeft()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var proxy = new CuttingProxy(daemon.Port);
        await using var ana = await Guest.EnterAsync(proxy.Port, "ana", isNew: true, "r", "s");
        await using var phone = await Guest.EnterAsync(daemon.Port, "ana");
        await proxy.BreakAsync();
        await ana.UntilAsync(e => e is ChatEvent.ConnectionLost);
        (await phone.Client.LeaveAsync("r")).OrThrow();
        proxy.Target = daemon.Port;
        await ana.UntilAsync(e => e is ChatEvent.LeftRoom { Room: "r", Reason: LeftReason.Elsewhere });
        await ana.UntilAsync(e => e is ChatEvent.JoinedRoom { Room: "s" });
        CollectionAssert.AreEqual((string[])["s"], ana.Client.Rooms.ToArray());
    }

    /// <summary>The connection breaks before the answer to a join: the daemon's list may lack the room, but nobody has left it.</summary>
    [TestMethod]
    public async Task ARoomThatWasNeverJoinedIsNotLeftElsewhere()
    {
        using var scripted = new ScriptedDaemon();
        var login = Guest.LoginAsync(Guest.Options(scripted.Port), "ana", "r");
        using var first = await scripted.LoggedInAsync();
        await using var ana = await login;
        var joining = ana.Client.JoinAsync("s", after: 7);
        await first.HearAsync("join");
        first.Dispose();
        using var second = await scripted.LoggedInAsync("[]", token: "t", unread: "[]");
        var joins = new[] { await second.HearAsync("join"), await second.HearAsync("join") };
        CollectionAssert.AreEqual((string[])["r", "s"], joins.Select(join => join.GetProperty("room").GetString()).Order().ToArray());
        var again = joins.Single(join => join.GetProperty("room").GetString() == "s");
        Assert.AreEqual(7, again.GetProperty("after").GetInt64());
        await ana.UntilAsync(e => e is ChatEvent.Reconnected);
        Assert.IsEmpty(ana.Seen.OfType<ChatEvent.LeftRoom>());
        Assert.IsFalse(joining.IsFaulted);
    }
}
