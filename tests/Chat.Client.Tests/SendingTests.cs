using Chat.Protocol;
using Chat.Testing;

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

    /// <summary>The daemon refuses all messages until none came for a while, so each one that is sent too early prolongs it.</summary>
    [TestMethod]
    public async Task AfterARateLimitNothingIsSentUntilAllIsQuietThenAllInOrder()
    {
        var time = new TestTime();
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync(o => o with { Time = time });
        await using var ana = guest;
        var bia = Conversation.With("bia");
        List<string> ids = [];
        foreach (var (to, text) in ((Conversation, string)[])[(Room, "a"), (Room, "b"), (bia, "c")])
        {
            _ = ana.Client.SendAsync(to, text);
            ids.Add(await peer.HearMessageAsync(text));
        }
        await peer.RefuseAsync("rate_limited", ids[0], 1_000);
        await peer.SettleAsync(ana);
        _ = ana.Client.SendAsync(bia, "d");
        foreach (var id in ids[1..])
        {
            time.Advance(TimeSpan.FromMilliseconds(600));
            await peer.RefuseAsync("rate_limited", id, 1_000);
            await peer.SettleAsync(ana);
        }
        time.Advance(TimeSpan.FromMilliseconds(999));
        await peer.SettleAsync(ana); // hears nothing before it

        time.Advance(TimeSpan.FromMilliseconds(1));
        List<(string Text, string Id)> heard = [];
        for (var i = 0; i < 4; i++)
        {
            var message = await peer.HearAsync("message");
            heard.Add((message.GetProperty("text").GetString()!, message.GetProperty("id").GetString()!));
        }
        Assert.AreEqual("a b", string.Join(' ', heard.Select(h => h.Text).Where(t => t is "a" or "b")));
        Assert.AreEqual("c d", string.Join(' ', heard.Select(h => h.Text).Where(t => t is "c" or "d")));
        CollectionAssert.AreEqual(ids, heard.OrderBy(h => h.Text).Take(3).Select(h => h.Id).ToList());
    }

    [TestMethod]
    public async Task ARefusalBehindAnotherIsNoRetry()
    {
        var time = new TestTime();
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync(o => o with { Time = time, Retries = 1 });
        await using var ana = guest;
        List<string> left = [.. Enumerable.Range(0, 5).Select(i => $"{i}")];
        var sends = left.Select(text => ana.Client.SendAsync(Room, text)).ToArray();
        for (var seq = 1; ; seq++)
        {
            List<string> ids = [];
            foreach (var text in left) ids.Add(await peer.HearMessageAsync(text));
            if (seq > 1)
            {
                await peer.MessageAsync(seq - 1, ids[0]);
                ids.RemoveAt(0);
                left.RemoveAt(0);
            }
            foreach (var id in ids) await peer.RefuseAsync("rate_limited", id, 1);
            if (left.Count == 0) break;
            await peer.SettleAsync(ana);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }
        CollectionAssert.AreEqual(new long[] { 1, 2, 3, 4, 5 }, (await Task.WhenAll(sends)).Select(s => s.OrThrow().Seq).ToArray());
    }

    /// <summary>A room's slow mode concerns that room alone, and says so.</summary>
    [TestMethod]
    public async Task ARoomsRateLimitDoesNotHoldUpOthers()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync(o => o with { Time = new TestTime() });
        await using var ana = guest;
        _ = ana.Client.SendAsync(Room, "a");
        var id = await peer.HearMessageAsync("a");
        await peer.SayAsync($$"""{"type":"error","code":"rate_limited","text":"no","room":"r","retry_after":9000,"id":"{{id}}"}""");
        await peer.SettleAsync(ana);
        _ = ana.Client.SendAsync(Room, "b");
        _ = ana.Client.SendAsync(Conversation.With("bia"), "c");
        await peer.HearMessageAsync("c");
        await peer.SettleAsync(ana);
    }

    /// <summary>Each try of a whole window would be refused but for its first message.</summary>
    [TestMethod]
    public async Task ARoomInSlowModeGetsOneMessageAtATimeForAsLongAsItTakes()
    {
        var time = new TestTime();
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync(o => o with { Time = time, Retries = 1 });
        await using var ana = guest;
        var sends = new[] { ana.Client.SendAsync(Room, "a"), ana.Client.SendAsync(Room, "b"), ana.Client.SendAsync(Room, "c") };
        var ids = new[] { await peer.HearMessageAsync("a"), await peer.HearMessageAsync("b"), await peer.HearMessageAsync("c") };
        foreach (var id in ids) await RefuseOfRoomAsync(peer, id, 5_000);
        for (var i = 0; i < 4; i++)
        {
            await peer.SettleAsync(ana);
            time.Advance(TimeSpan.FromSeconds(5));
            await RefuseOfRoomAsync(peer, await peer.HearMessageAsync("a"), 5_000);
        }
        await peer.SettleAsync(ana); // hears nothing of the others before it
        time.Advance(TimeSpan.FromSeconds(5));
        await peer.MessageAsync(1, await peer.HearMessageAsync("a"));
        await peer.MessageAsync(2, await peer.HearMessageAsync("b"));
        await peer.MessageAsync(3, await peer.HearMessageAsync("c"));
        CollectionAssert.AreEqual(new long[] { 1, 2, 3 }, (await Task.WhenAll(sends)).Select(s => s.OrThrow().Seq).ToArray());
    }

    [TestMethod]
    public async Task AMessageWithdrawnDuringATryIsNotSentAgain()
    {
        var time = new TestTime();
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync(o => o with { Time = time });
        await using var ana = guest;
        using var withdraw = new CancellationTokenSource();
        var send = ana.Client.SendAsync(Room, "a", null, withdraw.Token, default);
        var id = await peer.HearMessageAsync("a");
        await withdraw.CancelAsync();
        await RefuseOfRoomAsync(peer, id, 5_000);
        Assert.AreEqual(ClientCode.Withdrawn, (await send).Refusal?.Code);
    }

    private static Task RefuseOfRoomAsync(ScriptedConnection peer, string id, int wait) =>
        peer.SayAsync($$"""{"type":"error","code":"rate_limited","text":"no","room":"r","retry_after":{{wait}},"id":"{{id}}"}""");

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

    [TestMethod]
    public async Task AnImpossibleWaitIsShortened()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync();
        await using var ana = guest;
        await peer.SayAsync("""{"type":"error","code":"rate_limited","text":"no","retry_after":9223372036854775807}""");
        var refused = (ChatEvent.RefusalArrived)await ana.UntilAsync(e => e is ChatEvent.RefusalArrived);
        Assert.AreEqual(TimeSpan.FromDays(1), refused.Refusal.RetryAfter);
        var members = ana.Client.MembersAsync("r");
        var asked = await peer.HearAsync("members");
        await peer.RefuseAsync("rate_limited", asked.GetProperty("id").GetString()!, -5);
        asked = await peer.HearAsync("members");
        await peer.RefuseAsync("forbidden", asked.GetProperty("id").GetString()!);
        Assert.AreEqual(RefusalCode.Forbidden, (await members).Refusal?.Code);
    }

    [TestMethod]
    public async Task ARequestDoesNotWaitLongerThanItsSession()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync();
        await using var ana = guest;
        var members = ana.Client.MembersAsync("r");
        var asked = await peer.HearAsync("members");
        await peer.RefuseAsync("rate_limited", asked.GetProperty("id").GetString()!, int.MaxValue);
        await peer.SayAsync("""{"type":"bye","reason":"taken_over"}""");
        Assert.AreEqual(ClientCode.SessionEnded, (await members.WaitAsync(ScriptedConnection.Deadline)).Refusal?.Code);
    }
}
