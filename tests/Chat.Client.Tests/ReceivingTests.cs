namespace Chat.Client.Tests;

[TestClass]
public sealed class ReceivingTests
{
    [TestMethod]
    public async Task UnknownFramesAndReasonsAreIgnored()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync();
        await using var ana = guest;
        await peer.SayAsync("""{"type":"weather","sun":true}""");
        await peer.SayAsync("""{"type":"notice","text":"n","colour":"red"}""");
        await peer.SayAsync("""{"type":"bye","reason":"moon"}""");
        using var second = await scripted.LoggedInAsync("[]", token: "t");
        await ana.UntilAsync(e => e is ChatEvent.Reconnected);
        Assert.AreEqual(1, ana.Seen.OfType<ChatEvent.NoticeArrived>().Count());
        Assert.AreEqual("moon", ana.Seen.OfType<ChatEvent.ConnectionLost>().Single().Reason);
    }

    [TestMethod]
    public async Task MissedMessagesArriveBeforeLiveOnes()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync();
        await using var ana = guest;
        await peer.MessageAsync(1);
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived);
        peer.Dispose();
        using var second = await scripted.LoggedInAsync("[]", token: "t");
        var join = await second.HearAsync("join");
        Assert.AreEqual(1, join.GetProperty("after").GetInt64());
        await second.JoinedAsync(6, $"[{ScriptedConnection.Message(2)}]", more: true, id: join.GetProperty("id").GetString());
        await second.MessageAsync(7); // live, ahead of what is missing
        Assert.AreEqual(2, (await second.AnswerHistoryAsync(3, 4, more: true)).GetProperty("after").GetInt64());
        await second.AnswerHistoryAsync(5, 7, more: false);
        await second.MessageAsync(7);
        await second.MessageAsync(8);
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: 8 });
        CollectionAssert.AreEqual(Enumerable.Range(1, 8).Select(i => (long)i).ToArray(), ana.Messages.Select(m => m.Message.Seq).ToArray());
        Assert.AreEqual(5, ana.Seen.OfType<ChatEvent.Missed>().Single().Count);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow(3L)]
    public async Task ALiveMessageAheadOfARepeatedJoinedResetsNothing(long? after)
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync();
        await using var ana = guest;
        for (var i = 1; i <= 3; i++) await peer.MessageAsync(i);
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: 3 });
        var join = ana.Client.JoinAsync("r", after);
        var asked = await peer.HearAsync("join");
        await peer.MessageAsync(4);
        await peer.JoinedAsync(3, id: asked.GetProperty("id").GetString());
        Assert.AreEqual(3, (await join.WaitAsync(ScriptedConnection.Deadline)).OrThrow().Seq);
        await peer.MessageAsync(5);
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: 5 });
        CollectionAssert.AreEqual(new long[] { 1, 2, 3, 4, 5 }, ana.Messages.Select(m => m.Message.Seq).ToArray());
        Assert.IsEmpty(ana.Seen.OfType<ChatEvent.ConversationReset>());
    }

    [TestMethod]
    public async Task ShorterLogResetsTheConversation()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync();
        await using var ana = guest;
        for (var i = 1; i <= 5; i++) await peer.MessageAsync(i);
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: 5 });
        peer.Dispose();
        using var second = await scripted.LoggedInAsync("[]", token: "t");
        var join = await second.HearAsync("join");
        await second.JoinedAsync(2, id: join.GetProperty("id").GetString());
        join = await second.HearAsync("join");
        Assert.AreEqual(0, join.GetProperty("after").GetInt64());
        await second.JoinedAsync(2, $"[{ScriptedConnection.Message(1)},{ScriptedConnection.Message(2)}]",
            id: join.GetProperty("id").GetString());
        await second.MessageAsync(3);
        await ana.UntilAsync(e => e is ChatEvent.ConversationReset);
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: 3 });
        CollectionAssert.AreEqual(new long[] { 1, 2, 3, 4, 5, 1, 2, 3 }, ana.Messages.Select(m => m.Message.Seq).ToArray());
    }

    [TestMethod]
    public async Task MissedDirectMessagesArriveAndALaterGuestStartsOver()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync();
        await using var ana = guest;
        await peer.SayAsync(ScriptedConnection.Direct(1, "01"));
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived);
        peer.Dispose();
        using var second = await scripted.LoggedInAsync("[]", """[{"user":"bob","seq":2}]""", token: "t");
        var asked = await second.HearAsync("join");
        asked = await second.HearAsync("history");
        Assert.AreEqual("bob", asked.GetProperty("with").GetString());
        Assert.AreEqual(1, asked.GetProperty("after").GetInt64());
        await second.SayAsync(
            $$"""{"type":"history","with":"bob","messages":[{{ScriptedConnection.Direct(2, "02")}}],"more":"""
                + $$"""false,"id":"{{asked.GetProperty("id").GetString()}}"}""");
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: 2 });
        await second.SayAsync(ScriptedConnection.Direct(2, "02")); // the same once more
        await second.SayAsync(ScriptedConnection.Direct(1, "09")); // numbers begin again: another bob
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Text: "09" });
        Assert.AreEqual("01 02 09", string.Join(' ', ana.Messages.Select(m => m.Message.Text)));
        Assert.AreEqual(1, ana.Seen.OfType<ChatEvent.ConversationReset>().Count());
    }

    [TestMethod]
    public async Task SlowReaderStopsTheSocketAndLosesNothing()
    {
        const int Count = 200_000;
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync(o => o with { EventCapacity = 16 });
        await using var ana = guest;
        var flood = Task.Run(async () =>
        {
            for (var i = 1; i <= Count; i++) await peer.MessageAsync(i);
        });
        await Task.WhenAny(flood, peer.FullAsync());
        Assert.IsFalse(flood.IsCompleted, "all of it went somewhere");
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: Count });
        await flood;
        CollectionAssert.AreEqual(Enumerable.Range(1, Count).Select(i => (long)i).ToArray(),
            ana.Messages.Select(m => m.Message.Seq).ToArray());
    }

    [TestMethod]
    public async Task AnswerArrivesWhileTheEventQueueIsFull()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync(o => o with { EventCapacity = 4 });
        await using var ana = guest;
        for (var i = 1; i <= 50; i++) await peer.MessageAsync(i);
        var send = ana.Client.SendAsync(Conversation.Room("r"), "51"); // by the one who should read the events
        var daemon = Task.Run(() => EchoAndServeHistoryAsync(peer, 50));
        Assert.AreEqual(51, (await send.WaitAsync(ScriptedConnection.Deadline)).OrThrow().Seq);
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: 51 });
        await ana.DisposeAsync();
        await daemon;
        CollectionAssert.AreEqual(Enumerable.Range(1, 51).Select(i => (long)i).ToArray(),
            ana.Messages.Select(m => m.Message.Seq).ToArray());
    }

    /// <summary>Until the client leaves. It may ask for what it missed before or after it sends.</summary>
    private static async Task EchoAndServeHistoryAsync(ScriptedConnection peer, int last)
    {
        while (await peer.HearAnyAsync() is { } frame)
        {
            var id = frame.GetProperty("id").GetString();
            if (frame.GetProperty("type").GetString() == "message")
            {
                Assert.AreEqual($"{last + 1}", frame.GetProperty("text").GetString());
                await peer.MessageAsync(++last, id);
                continue;
            }
            Assert.AreEqual("history", frame.GetProperty("type").GetString());
            var after = (int)frame.GetProperty("after").GetInt64();
            var rest = string.Join(',', Enumerable.Range(after + 1, last - after).Select(i => ScriptedConnection.Message(i)));
            await peer.SayAsync($$"""{"type":"history","room":"r","messages":[{{rest}}],"more":false,"id":"{{id}}"}""");
        }
    }

    [TestMethod]
    public async Task SilentDaemonIsDisconnected()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync(o => o with { PingAfter = TimeSpan.FromMilliseconds(30) });
        await using var ana = guest;
        await peer.HearAsync("ping");
        using var second = await scripted.LoggedInAsync("[]", token: "t");
        await ana.UntilAsync(e => e is ChatEvent.Reconnected);
    }

    [TestMethod]
    public async Task UnreachableDaemonEndsTheSession()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync(o => o with { GiveUpAfter = TimeSpan.FromSeconds(1) });
        await using var ana = guest;
        peer.Dispose();
        scripted.Dispose();
        var end = (ChatEvent.SessionEnded)await ana.UntilAsync(e => e is ChatEvent.SessionEnded);
        Assert.AreEqual(ClientCode.Unreachable, end.Reason);
    }
}
