using System.Text.Json;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Client.Tests;

/// <summary>Copies of conversations that the client keeps up to date.</summary>
[TestClass]
public sealed class CopyTests
{
    private static readonly Conversation Room = Conversation.Room("r");
    private static readonly string[] Emoji = ["👍", "🎉", "☕"];
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static readonly string[] Fast = ["--Chat:Limits:MessagesPerSecond=0", "--Chat:History:Durability=normal"];

    /// <summary>Whoever was there, was away, or comes later shows the same.</summary>
    [TestMethod]
    public async Task AMemberWhoWasAwayThroughTenThousandChangesShowsWhatOthersShow()
    {
        const int Messages = 5_000, Changes = 10_000;
        await using var daemon = await ProcessDaemon.StartAsync(Fast);
        await using var proxy = new CuttingProxy(daemon.Port);
        await using var ana = await JoinedAsync(proxy.Port, "ana");
        await using var bia = await JoinedAsync(daemon.Port, "bia");
        var copies = new[] { await KeepAsync(ana), await KeepAsync(bia) };
        await Task.WhenAll(Enumerable.Range(1, Messages).Select(i => bia.Client.SendAsync(Room, $"{i}"))).WaitAsync(Deadline);
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: Messages });

        await proxy.BreakAsync();
        await ana.UntilAsync(e => e is ChatEvent.ConnectionLost);
        var changing = Task.WhenAll(Enumerable.Range(0, Changes).Select(i => ChangeAsync(bia.Client, i, 1 + (i * 7919L % Messages))));
        var last = (await changing.WaitAsync(Deadline)).Max(answer => answer.Value?.Rev ?? 0);
        Assert.IsGreaterThan(Changes / 2, last);
        proxy.Target = daemon.Port;
        await using var caio = await JoinedAsync(daemon.Port, "caio");
        var present = await KeepAsync(caio);
        Assert.AreEqual(last, present.Messages.Max(message => message.Rev));
        await Task.WhenAll(
            ana.UntilAsync(_ => SumOfRevs(copies[0]) == SumOfRevs(present)),
            bia.UntilAsync(_ => SumOfRevs(copies[1]) == SumOfRevs(present)));
        var wanted = Shown(present);
        Assert.HasCount(Messages, wanted);
        foreach (var copy in copies) CollectionAssert.AreEqual(wanted, Shown(copy));

        (await bia.Client.EditAsync(Room, Messages, "live again")).OrThrow();
        await ana.UntilAsync(e => e is ChatEvent.MessageChanged);
        Assert.AreEqual("live again", copies[0].Find(Messages)?.Text);
    }

    [TestMethod]
    public async Task ARestoredBackupMakesTheClientDropItsCopy()
    {
        await using var daemon = await ProcessDaemon.StartAsync(Fast);
        await using var proxy = new CuttingProxy(daemon.Port);
        await using var ana = await JoinedAsync(proxy.Port, "ana");
        await SayAsync(ana, "before");
        var (room, direct) = (await KeepAsync(ana), (await ana.Client.KeepAsync(Conversation.With("ana"))).OrThrow());
        (await ana.Client.SendAsync(Conversation.With("ana"), "a note")).OrThrow();
        var backup = Path.Combine(daemon.Folder, "copy.db");
        Assert.AreEqual(0, await daemon.CommandAsync("backup", backup));
        (await ana.Client.EditAsync(Room, 1, "after")).OrThrow();
        await SayAsync(ana, "lost");
        (await ana.Client.EditAsync(Conversation.With("ana"), 1, "a lost note")).OrThrow();
        await ana.UntilAsync(e => e is ChatEvent.MessageChanged { Conversation.IsDirect: true });
        Assert.AreEqual("after|lost", Texts(room));
        Assert.AreEqual("a lost note", Texts(direct));

        await proxy.BreakAsync();
        daemon.Kill();
        await daemon.ExitAsync();
        Assert.AreEqual(0, await daemon.CommandAsync("restore", backup));
        await daemon.StartAgainAsync();
        await using var bia = await JoinedAsync(daemon.Port, "bia");
        await SayAsync(bia, "another");
        await SayAsync(bia, "one more"); // as many numbers as before, or more: only the log differs
        (await bia.Client.EditAsync(Room, 2, "another!")).OrThrow();
        proxy.Target = daemon.Port;
        await ana.UntilAsync(_ => Texts(room) == "before|another!|one more" && Texts(direct) == "a note");
        Assert.IsTrue(room.IsKept);
        Assert.AreEqual(2, ana.Seen.OfType<ChatEvent.ConversationReset>().Count());
    }

    [TestMethod]
    public async Task ACopyIsBoundedAndTakesOlderPagesUnlessItsOwnAreNewer()
    {
        await using var daemon = await ProcessDaemon.StartAsync(Fast);
        await using var ana = await JoinedAsync(daemon.Port, "ana");
        for (var i = 1; i <= 6; i++) await SayAsync(ana, $"{i}");
        var old = (await ana.Client.HistoryAsync(Room)).OrThrow();
        (await ana.Client.EditAsync(Room, 5, "five")).OrThrow();
        await ana.UntilAsync(e => e is ChatEvent.MessageChanged);
        var copy = (await ana.Client.KeepAsync(Room, capacity: 4)).OrThrow();
        Assert.AreEqual("3|4|five|6", Texts(copy));
        Assert.IsTrue(copy.Take(old));
        Assert.AreEqual("3|4|five|6", Texts(copy));
        Assert.IsFalse(copy.Take(old with { Log = "another" }));
        await SayAsync(ana, "7");
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: 7 });
        Assert.AreEqual("4|five|6|7", Texts(copy));

        var again = (await ana.Client.KeepAsync(Room)).OrThrow();
        Assert.IsFalse(copy.IsKept);
        ana.Client.StopKeeping(again);
        Assert.IsFalse(again.IsKept);
        again = (await ana.Client.KeepAsync(Room)).OrThrow();
        (await ana.Client.LeaveAsync("r")).OrThrow();
        await ana.UntilAsync(e => e is ChatEvent.LeftRoom);
        Assert.IsFalse(again.IsKept);
        Assert.AreEqual(RefusalCode.NotInRoom, (await ana.Client.KeepAsync(Room)).Refusal?.Code);
    }

    /// <summary>The reader has seen a change before the copy takes a page that was fetched earlier.</summary>
    [TestMethod]
    public async Task APageOlderThanAChangeThatWasReadIsFetchedAgain()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync();
        await using var ana = guest;
        await peer.MessageAsync(1);
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived);
        var keeping = ana.Client.KeepAsync(Room);
        var asked = await peer.HearAsync("history");
        await peer.SayAsync(ScriptedConnection.Edit("new"));
        await ana.UntilAsync(e => e is ChatEvent.MessageChanged);
        var old = ScriptedConnection.Message(1);
        await peer.AnswerAsync(asked, "history", $"\"room\":\"r\",\"messages\":[{old}],\"more\":false");
        asked = await peer.HearAsync("history");
        var edited = old.Replace("\"text\":\"1\"", "\"text\":\"new\",\"rev\":1", StringComparison.Ordinal);
        await peer.AnswerAsync(asked, "history", $"\"room\":\"r\",\"messages\":[{edited}],\"more\":false,\"rev\":1");
        Assert.AreEqual("new", Texts((await keeping.WaitAsync(Deadline)).OrThrow()));
    }

    /// <summary>The change comes right behind the page from which a direct conversation is followed.</summary>
    [TestMethod]
    public async Task AChangeRightBehindTheFirstPageOfADirectConversationIsTold()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync();
        await using var ana = guest;
        var bob = Conversation.With("bob");
        var keeping = ana.Client.KeepAsync(bob);
        var asked = await peer.HearAsync("history");
        await peer.AnswerAsync(asked, "history",
            $"\"with\":\"bob\",\"messages\":[{ScriptedConnection.Direct(1, "01")}],\"more\":false,\"log\":\"l\",\"rev\":0",
            ScriptedConnection.Edit("new", "\"to\":\"ana\"").Replace("bia", "bob", StringComparison.Ordinal));
        var copy = (await keeping.WaitAsync(Deadline)).OrThrow();
        await ana.UntilAsync(e => e is ChatEvent.MessageChanged);
        Assert.AreEqual("new", Texts(copy));
    }

    [TestMethod]
    public async Task ACopyThatCannotBeFetchedIsNotKept()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync();
        await using var ana = guest;
        using var stopping = new CancellationTokenSource();
        var keeping = ana.Client.KeepAsync(Room, ct: stopping.Token);
        await peer.HearAsync("history");
        Assert.IsTrue(ana.Client.Keeps(Room));
        await stopping.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => keeping);
        Assert.IsFalse(ana.Client.Keeps(Room));
    }

    /// <summary>A later run goes on from the numbers of an earlier one.</summary>
    [TestMethod]
    public async Task WhatAnEarlierRunKnewIsBroughtUpToDate()
    {
        await using var daemon = await ProcessDaemon.StartAsync(Fast);
        await using var bia = await JoinedAsync(daemon.Port, "bia");
        for (var i = 1; i <= 3; i++) await SayAsync(bia, $"{i}");
        var known = (await bia.Client.ChangesAsync(Room, 0)).OrThrow();
        (await bia.Client.EditAsync(Room, 1, "one")).OrThrow();
        (await bia.Client.SendAsync(Room, "four", replyTo: 2)).OrThrow();
        Assert.AreEqual("one", (await bia.Client.ChangesAsync(Room, known.Rev)).OrThrow().Messages.Single().Text);
        Assert.AreEqual(4, (await bia.Client.HistoryAsync(Room, repliesTo: 2)).OrThrow().Messages.Single().Seq);

        await using var ana = await Guest.LoginAsync(daemon.Port, "ana");
        (await ana.Client.JoinAsync("r", after: 3, rev: known.Rev, log: known.Log)).OrThrow();
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: 4 });
        Assert.AreEqual("one", ana.Seen.OfType<ChatEvent.MessageRefreshed>().Single().Message.Text);

        await using var caio = await Guest.LoginAsync(daemon.Port, "caio");
        (await caio.Client.JoinAsync("r", after: 3, rev: 0, log: "another")).OrThrow();
        await caio.UntilAsync(e => e is ChatEvent.ConversationReset);
        await caio.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: 4 });
        Assert.AreEqual("one|2|3|four", string.Join('|', caio.Messages.Select(m => m.Message.Text)));
    }

    /// <summary>Grows with each message and each change of the copy.</summary>
    private static long SumOfRevs(ConversationCopy copy) => copy.Messages.Sum(message => 1 + (message.Rev ?? 0));

    private static Task<Answer<DaemonFrame.Change>> ChangeAsync(ChatClient client, int i, long seq) => (i % 10) switch
    {
        0 => client.DeleteAsync(Room, seq),
        1 or 2 or 3 or 4 => client.EditAsync(Room, seq, $"edit {i}"),
        _ => client.ReactAsync(Room, seq, Emoji[i % 3], remove: i % 4 == 0),
    };

    private static async Task<Guest> JoinedAsync(int port, string name)
    {
        var guest = await Guest.LoginAsync(port, name, "r");
        await guest.UntilAsync(e => e is ChatEvent.JoinedRoom);
        return guest;
    }

    private static async Task<ConversationCopy> KeepAsync(Guest guest) =>
        (await guest.Client.KeepAsync(Room, 10_000).WaitAsync(Deadline)).OrThrow();

    private static async Task SayAsync(Guest guest, string text) => (await guest.Client.SendAsync(Room, text)).OrThrow();

    private static string Texts(ConversationCopy copy) => string.Join('|', copy.Messages.Select(message => message.Text));

    /// <summary>All that a member sees of each message, but whether a reaction is the member's own.</summary>
    private static string[] Shown(ConversationCopy copy) => [.. copy.Messages.Select(message => JsonSerializer.Serialize(
        message with { Reactions = message.Reactions?.Select(reaction => reaction with { Mine = null }).ToArray() }))];
}
