using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Client.Tests;

/// <summary>Edits, deletions and reactions: live, after a lost connection, and where the numbers begin anew.</summary>
[TestClass]
public sealed class ChangesTests
{
    private static readonly Conversation Room = Conversation.Room("r");
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [TestMethod]
    public async Task ChangesArriveOnceInOneOrderWithMessages()
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Limits:MessagesPerSecond=0");
        await using var ana = await JoinedAsync(daemon.Port, "ana");
        await using var bia = await JoinedAsync(daemon.Port, "bia");
        await SayAsync(ana, "um");
        var reply = (await ana.Client.SendAsync(Room, "dois", replyTo: 1)).OrThrow();
        Assert.AreEqual(1, (await ana.Client.EditAsync(Room, 1, "/UM")).OrThrow().Rev);
        Assert.IsNull((await ana.Client.EditAsync(Room, 1, "/UM")).OrThrow().Rev, "there was nothing to do");
        (await bia.Client.ReactAsync(Room, 1, "👍")).OrThrow();
        (await bia.Client.ReactAsync(Room, 1, "👍", remove: true)).OrThrow();
        await SayAsync(ana, "três");
        (await ana.Client.DeleteAsync(Room, 2)).OrThrow();
        Assert.AreEqual(RefusalCode.Forbidden, (await bia.Client.EditAsync(Room, 1, "meu")).Refusal?.Code);
        Assert.AreEqual(1, reply.ReplyTo);
        foreach (var guest in new[] { ana, bia })
        {
            await guest.UntilAsync(e => e is ChatEvent.MessageChanged { Change.Kind: ChangeKind.Delete });
            Assert.AreEqual("um|dois ↪1|edit 1 1 /UM|react 1 2 👍|unreact 1 3 👍|três|delete 2 4 ", Shown(guest));
            CollectionAssert.AreEqual(new[] { guest == ana, guest == bia, guest == bia, guest == ana },
                guest.Seen.OfType<ChatEvent.MessageChanged>().Select(c => c.IsOwn).ToArray());
        }
    }

    /// <summary>Few changes come with the answer to the join; many are fetched.</summary>
    [TestMethod]
    [DataRow(2)]
    [DataRow(700)]
    public async Task WhatChangedWhileAwayIsToldOnceAndThenLiveAgain(int edits)
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Limits:MessagesPerSecond=0", "--Chat:History:Durability=normal");
        await using var proxy = new CuttingProxy(daemon.Port);
        await using var ana = await JoinedAsync(proxy.Port, "ana");
        await using var bia = await JoinedAsync(daemon.Port, "bia");
        await Task.WhenAll(Enumerable.Range(1, edits + 2).Select(i => SayAsync(bia, $"{i}"))).WaitAsync(Deadline);
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived m && m.Message.Seq == edits + 2);
        (await bia.Client.EditAsync(Room, 1, "seen live")).OrThrow();
        await ana.UntilAsync(e => e is ChatEvent.MessageChanged);

        await proxy.BreakAsync();
        await ana.UntilAsync(e => e is ChatEvent.ConnectionLost);
        var changes = Enumerable.Range(2, edits).Select(seq => bia.Client.EditAsync(Room, seq, $"edited {seq} {new string('x', 500)}"));
        await Task.WhenAll(changes).WaitAsync(Deadline);
        (await bia.Client.DeleteAsync(Room, 2)).OrThrow();
        await SayAsync(bia, "novo");
        (await bia.Client.EditAsync(Room, edits + 3, "newer")).OrThrow();
        proxy.Target = daemon.Port;
        await ana.UntilAsync(e => e is ChatEvent.MessageRefreshed r && r.Message.Seq == 2);
        if (!ana.Messages.Any(m => m.Message.Seq == edits + 3))
            await ana.UntilAsync(e => e is ChatEvent.MessageArrived m && m.Message.Seq == edits + 3);
        (await bia.Client.EditAsync(Room, 1, "live again")).OrThrow();
        await ana.UntilAsync(e => e is ChatEvent.MessageChanged { Change.Text: "live again" });

        var told = ana.Seen.OfType<ChatEvent.MessageRefreshed>().Select(r => r.Message).ToList();
        var wanted = Enumerable.Range(3, edits - 1).Append(2).Select(i => (long)i).ToArray();
        CollectionAssert.AreEqual(wanted, told.Select(m => m.Seq).ToArray());
        Assert.IsTrue(told[^1].Erased);
        StringAssert.StartsWith(told[0].Text, "edited 3");
        Assert.AreEqual("newer", ana.Messages.Last().Message.Text);
        Assert.AreEqual(2, ana.Seen.OfType<ChatEvent.MessageChanged>().Count());
        Assert.IsEmpty(ana.Seen.OfType<ChatEvent.ConversationReset>());
    }

    [TestMethod]
    public async Task DirectMessagesThatChangedWhileAwayAreTold()
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Limits:MessagesPerSecond=0");
        await using var proxy = new CuttingProxy(daemon.Port);
        await using var ana = await JoinedAsync(proxy.Port, "ana");
        await using var bia = await JoinedAsync(daemon.Port, "bia");
        var to = Conversation.With("ana");
        for (var i = 1; i <= 3; i++) (await bia.Client.SendAsync(to, $"{i}")).OrThrow();
        (await bia.Client.EditAsync(to, 1, "live")).OrThrow();
        var live = (ChatEvent.MessageChanged)await ana.UntilAsync(e => e is ChatEvent.MessageChanged);
        Assert.AreEqual(Conversation.With("bia"), live.Conversation);
        await proxy.BreakAsync();
        await ana.UntilAsync(e => e is ChatEvent.ConnectionLost);
        (await bia.Client.EditAsync(to, 2, "away")).OrThrow();
        proxy.Target = daemon.Port;
        var told = (ChatEvent.MessageRefreshed)await ana.UntilAsync(e => e is ChatEvent.MessageRefreshed);
        Assert.AreEqual("away", told.Message.Text);
        (await bia.Client.SendAsync(to, "4")).OrThrow();
        (await bia.Client.EditAsync(to, 4, "again")).OrThrow();
        await ana.UntilAsync(e => e is ChatEvent.MessageChanged { Change: { Rev: 3, Text: "again" } });
        Assert.AreEqual(1, ana.Seen.OfType<ChatEvent.MessageRefreshed>().Count());
    }

    /// <summary>In memory, a restart begins every numbering anew, however many messages follow.</summary>
    [TestMethod]
    public async Task AnotherLogResetsTheConversation()
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Limits:MessagesPerSecond=0", "--Chat:History:Durability=none");
        await using var proxy = new CuttingProxy(daemon.Port);
        await using var ana = await JoinedAsync(proxy.Port, "ana");
        await SayAsync(ana, "antes");
        (await ana.Client.EditAsync(Room, 1, "antes!")).OrThrow();
        await ana.UntilAsync(e => e is ChatEvent.MessageChanged);
        await proxy.BreakAsync();
        daemon.Kill();
        await daemon.ExitAsync();
        await daemon.StartAgainAsync();
        await using var bia = await JoinedAsync(daemon.Port, "bia");
        for (var i = 1; i <= 3; i++) await SayAsync(bia, $"{i}");
        (await bia.Client.EditAsync(Room, 1, "um")).OrThrow();
        var edit = ana.Client.EditAsync(Room, 1, "not this one");
        proxy.Target = daemon.Port;
        await ana.UntilAsync(e => e is ChatEvent.ConversationReset);
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived { Message.Seq: 3 });
        Assert.AreEqual(RefusalCode.NoSuchMessage, (await edit.WaitAsync(Deadline)).Refusal?.Code);
        Assert.AreEqual("antes|um|2|3", string.Join('|', ana.Messages.Select(m => m.Message.Text)));
        (await bia.Client.EditAsync(Room, 2, "dois")).OrThrow();
        await ana.UntilAsync(e => e is ChatEvent.MessageChanged { Change: { Rev: 2, Text: "dois" } });
    }

    /// <summary>Cuts the connection inside the answer to an edit: it is applied once, and its answer comes again.</summary>
    [TestMethod]
    public async Task AnEditIsSentAgainAndAppliedOnce()
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Limits:MessagesPerSecond=0");
        await using var whole = new CuttingProxy(daemon.Port);
        long before;
        await using (var ana = await JoinedAsync(whole.Port, "ana", "sala1"))
        {
            (await ana.Client.SendAsync(Conversation.Room("sala1"), "a")).OrThrow();
            before = whole.Down;
            (await ana.Client.EditAsync(Conversation.Room("sala1"), 1, "b")).OrThrow();
        }
        await using var proxy = new CuttingProxy(daemon.Port, down: before + 40);
        var room = Conversation.Room("sala2");
        await using var bia = await JoinedAsync(proxy.Port, "bia", "sala2");
        (await bia.Client.SendAsync(room, "a")).OrThrow();
        Assert.AreEqual(1, (await bia.Client.EditAsync(room, 1, "b").WaitAsync(Deadline)).OrThrow().Rev);
        Assert.IsTrue(proxy.HasCut);
        Assert.AreEqual("b", ((ChatEvent.MessageRefreshed)await bia.UntilAsync(e => e is ChatEvent.MessageRefreshed)).Message.Text);
        Assert.AreEqual(2, (await bia.Client.EditAsync(room, 1, "c").WaitAsync(Deadline)).OrThrow().Rev);
        await bia.UntilAsync(e => e is ChatEvent.MessageChanged { Change.Rev: 2 });
        Assert.AreEqual(1, bia.Seen.OfType<ChatEvent.MessageChanged>().Count());
    }

    [TestMethod]
    public async Task OnlyTheLastEditOfAMessageIsSentAgainOnceItsNumberIsConfirmed()
    {
        using var scripted = new ScriptedDaemon();
        var (guest, peer) = await scripted.MeetAsync();
        await using var ana = guest;
        await peer.MessageAsync(1);
        await ana.UntilAsync(e => e is ChatEvent.MessageArrived);
        var edits = new[] { ana.Client.EditAsync(Room, 1, "a"), ana.Client.EditAsync(Room, 1, "b") };
        await peer.HearAsync("edit");
        var last = (await peer.HearAsync("edit")).GetProperty("id").GetString();
        peer.Dispose();
        using var second = await scripted.LoggedInAsync("[]", token: "t");
        var join = await second.HearAsync("join");
        await second.SettleAsync(ana); // hears no edit before it
        await second.JoinedAsync(1, id: join.GetProperty("id").GetString());
        var again = await second.HearAsync("edit");
        Assert.AreEqual(("b", last), (again.GetProperty("text").GetString(), again.GetProperty("id").GetString()));
        await second.SayAsync("""{"type":"change","seq":1,"kind":"edit","from":"ana","at":"2026-01-01T00:00:00Z","rev":2"""
            + $$""","room":"r","id":"{{last}}"}""");
        Assert.AreEqual(2, (await edits[1].WaitAsync(Deadline)).OrThrow().Rev);
        Assert.AreEqual(ClientCode.OutcomeUnknown, (await edits[0].WaitAsync(Deadline)).Refusal?.Code);
    }

    private static async Task<Guest> JoinedAsync(int port, string name, string room = "r")
    {
        var guest = await Guest.LoginAsync(port, name, room);
        await guest.UntilAsync(e => e is ChatEvent.JoinedRoom);
        return guest;
    }

    private static async Task SayAsync(Guest guest, string text) => (await guest.Client.SendAsync(Room, text)).OrThrow();

    private static string Shown(Guest guest) => string.Join('|', guest.Seen.Select(e => e switch
    {
        ChatEvent.MessageArrived m => m.Message.Text + (m.Message.ReplyTo is { } to ? $" ↪{to}" : ""),
        ChatEvent.MessageChanged { Change: var c } => $"{c.Kind} {c.Seq} {c.Rev} {c.Text ?? c.Emoji}",
        _ => null,
    }).OfType<string>());
}
