using Chat.Protocol;

namespace Chat.Client.Tests;

[TestClass]
public sealed class SendingTests
{
    private static readonly Conversation Room = Conversation.Room("r");

    [TestMethod]
    public async Task UnavailableMessageIsResentWithTheSameId()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync();
        await using var ana = guest;
        var send = ana.Client.SendAsync(Room, "a");
        var id = await peer.HearMessageAsync("a");
        await peer.RefuseAsync("unavailable", id);
        Assert.AreEqual(id, await peer.HearMessageAsync("a"));
        await peer.MessageAsync(1, id);
        Assert.AreEqual(1, (await send).OrThrow().Seq);
    }

    [TestMethod]
    public async Task RateLimitedMessageIsRetriedAndNotOvertaken()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync(o => o with { Window = 1 });
        await using var ana = guest;
        var sends = new[] { ana.Client.SendAsync(Room, "a"), ana.Client.SendAsync(Room, "b") };
        var first = await peer.HearMessageAsync("a");
        await peer.RefuseAsync("rate_limited", first, 50);
        Assert.AreEqual(first, await peer.HearMessageAsync("a"));
        await peer.MessageAsync(1, first);
        await peer.MessageAsync(2, await peer.HearMessageAsync("b"));
        CollectionAssert.AreEqual(new long[] { 1, 2 }, (await Task.WhenAll(sends)).Select(s => s.OrThrow().Seq).ToArray());
    }

    [TestMethod]
    public async Task ReplyInsteadOfAnEchoMeansDropped()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync(o => o with { Window = 1 });
        await using var ana = guest;
        var sends = new[] { ana.Client.SendAsync(Room, "a"), ana.Client.SendAsync(Room, "b") };
        await peer.SayAsync($$"""{"type":"reply","text":"","id":"{{await peer.HearMessageAsync("a")}}"}""");
        Assert.AreEqual(ClientCode.Dropped, (await sends[0]).Refusal?.Code);
        await peer.MessageAsync(1, await peer.HearMessageAsync("b"));
        Assert.AreEqual(1, (await sends[1]).OrThrow().Seq);
    }

    [TestMethod]
    public async Task RetriesAreLimited()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync(o => o with { Retries = 2 });
        await using var ana = guest;
        var send = ana.Client.SendAsync(Room, "a");
        for (var i = 0; i < 3; i++) await peer.RefuseAsync("rate_limited", await peer.HearMessageAsync("a"), 1);
        Assert.AreEqual(RefusalCode.RateLimited, (await send).Refusal?.Code);
    }

    [TestMethod]
    public async Task MessagesInFlightStayWithinTheWindow()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync(o => o with { Window = 2 });
        await using var ana = guest;
        var sends = Enumerable.Range(0, 5).Select(i => ana.Client.SendAsync(Room, $"{i}")).ToArray();
        var first = await peer.HearMessageAsync("0");
        await peer.HearMessageAsync("1");
        var members = ana.Client.MembersAsync("r");
        await peer.HearAsync("members"); // and no third message before it
        await peer.MessageAsync(1, first);
        await peer.HearMessageAsync("2");
        Assert.IsTrue((await sends[0]).OrThrow().Seq == 1 && !members.IsCompleted);
    }

    [TestMethod]
    public async Task MessagesAreResentInOrderAndCommandsAreNot()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync();
        await using var ana = guest;
        var sends = new[] { ana.Client.SendAsync(Room, "a"), ana.Client.SendAsync(Room, "b") };
        var ids = new[] { await peer.HearMessageAsync("a"), await peer.HearMessageAsync("b") };
        var command = ana.Client.RunAsync(Room, "/dado");
        await peer.HearMessageAsync("/dado");
        peer.Dispose();
        Assert.AreEqual(ClientCode.OutcomeUnknown, (await command).Refusal?.Code);

        using var second = await scripted.LoggedInAsync("[]", token: "t");
        var join = await second.HearAsync("join");
        Assert.AreEqual(0, join.GetProperty("after").GetInt64());
        await second.JoinedAsync(1, $"[{ScriptedConnection.Message(1)}]", id: join.GetProperty("id").GetString());
        Assert.AreEqual(ids[0], await second.HearMessageAsync("a"));
        Assert.AreEqual(ids[1], await second.HearMessageAsync("b"));
        await second.MessageAsync(1, ids[0]); // logged before the break: the repeated echo is no delivery
        await second.MessageAsync(2, ids[1]);
        CollectionAssert.AreEqual(new long[] { 1, 2 }, (await Task.WhenAll(sends)).Select(s => s.OrThrow().Seq).ToArray());
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: 2 });
        CollectionAssert.AreEqual(new long[] { 1, 2 }, ana.Messages.Select(m => m.Message.Seq).ToArray());
    }

    [TestMethod]
    public async Task TextIsLiteralAndCommandIsNot()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync();
        await using var ana = guest;
        _ = ana.Client.SendAsync(Room, "/encerrar");
        await peer.HearMessageAsync("//encerrar");
        Assert.AreEqual(RefusalCode.BadArguments, (await ana.Client.RunAsync(Room, "//x")).Refusal?.Code);
        Assert.AreEqual(RefusalCode.TextEmpty, (await ana.Client.SendAsync(Room, " ")).Refusal?.Code);
        Assert.AreEqual(RefusalCode.TextTooLong, (await ana.Client.SendAsync(Room, new string('x', 4001))).Refusal?.Code);
        Assert.AreEqual(RefusalCode.BadFrame, (await ana.Client.SendAsync(Room, "\u001b[2J")).Refusal?.Code);
        Assert.AreEqual(RefusalCode.BadFrame, (await ana.Client.SendAsync(Room, "\ud800")).Refusal?.Code);
    }

    [TestMethod]
    public async Task PendingMessagesLearnWhetherTheyWereSentWhenTheSessionEnds()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync();
        await using var ana = guest;
        var send = ana.Client.SendAsync(Room, "a");
        await peer.HearMessageAsync("a");
        var command = ana.Client.RunAsync(Room, "/quem");
        await peer.HearMessageAsync("/quem");
        await peer.SayAsync("""{"type":"bye","reason":"taken_over"}""");
        Assert.AreEqual(ClientCode.OutcomeUnknown, (await send).Refusal?.Code);
        Assert.AreEqual(ClientCode.OutcomeUnknown, (await command).Refusal?.Code);
        Assert.AreEqual("taken_over", ((ChatEvent.SessionEnded)await ana.UntilAsync(e => e is ChatEvent.SessionEnded)).Reason);
        Assert.AreEqual(ClientCode.SessionEnded, (await ana.Client.SendAsync(Room, "b")).Refusal?.Code);
        Assert.AreEqual(ClientCode.SessionEnded, (await ana.Client.MembersAsync("r")).Refusal?.Code);
    }
}
