using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Messages;

/// <summary>Edits, deletions and reactions are as safe and as ordered as messages. The plain rules are in <c>changes.chat</c>.</summary>
[TestClass]
public sealed class ChangeTests
{
    private const int Changes = 400;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("full")]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task AllSeeMessagesAndChangesInOneOrder(string durability)
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:History:Durability", durability));
        await using var eva = await daemon.GuestAsync("eva", "geral");
        await using var leo = await daemon.GuestAsync("leo", "geral");
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await ana.SayAsync("geral", "primeira");
        await bia.ExpectAsync<DaemonFrame.Message>();

        await Task.WhenAll(WriteAsync(ana, "a"), WriteAsync(bia, "b"));

        var seen = await AllAsync(eva);
        CollectionAssert.AreEqual(seen, await AllAsync(leo));
        var messages = seen.OfType<DaemonFrame.Message>().Select(message => message.Seq).ToList();
        CollectionAssert.AreEqual(Enumerable.Range(1, messages.Count).Select(seq => (long)seq).ToList(), messages);
        var revs = seen.OfType<DaemonFrame.Change>().Select(change => change.Rev!.Value).ToList();
        CollectionAssert.AreEqual(Enumerable.Range(1, revs.Count).Select(rev => (long)rev).ToList(), revs);
        await AssertCopyIsRightAsync(leo, seen);

        static async Task WriteAsync(TestClient writer, string mark)
        {
            for (var i = 0; i < Changes; i++)
            {
                ClientFrame frame = (i % 4) switch
                {
                    0 => new ClientFrame.Message($"{mark} {i}", "geral"),
                    1 => new ClientFrame.React(1, i % 8 == 1 ? "👍" : "🎉", "geral", Remove: i % 3 == 0),
                    2 => new ClientFrame.Edit(1, $"{mark} {i}", "geral"),
                    _ => new ClientFrame.React(1 + (i % 7), "❤️", "geral"),
                };
                await writer.SendAsync(frame);
            }
            await writer.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
        }
    }

    [TestMethod]
    [DataRow("full")]
    [DataRow("none")]
    public async Task OfTwoWhoChangeAMessageOneIsFirst(string durability)
    {
        await using var users = await TestUsers.StartAsync(("Chat:History:Durability", durability));
        var (ana, max) = (await users.EnterAsync("ana"), await users.EnterAsync("max", Role.Moderator));
        for (var round = 1; round <= 30; round++)
        {
            await ana.SayAsync("geral", $"rodada {round}");
            await max.ExpectAsync<DaemonFrame.Message>();
            var edit = ana.SendAsync(new ClientFrame.Edit(round, "editada", "geral") { Id = $"e{round}" });
            var delete = max.SendAsync(new ClientFrame.Delete(round, "geral") { Id = $"d{round}" });
            await Task.WhenAll(edit, delete);
            var deleted = await max.ExpectAsync<DaemonFrame.Change>(change => change.Id == $"d{round}");
            Assert.IsNotNull(deleted.Rev);
            var answer = await ana.ExpectAsync<DaemonFrame>(frame => frame.Id == $"e{round}");
            if (answer is DaemonFrame.Change edited) Assert.IsLessThan(deleted.Rev!.Value, edited.Rev!.Value);
            else Assert.AreEqual("no_such_message", ((DaemonFrame.Error)answer).Code);
            var page = await ana.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral", Limit: 1));
            Assert.AreEqual(("", true, null), (page.Messages[0].Text, page.Messages[0].Erased, page.Messages[0].Edited));
        }
    }

    [TestMethod]
    public async Task ModeratorsDeleteOfOthersButNotOfHigherRoles()
    {
        await using var users = await TestUsers.StartAsync();
        var (admin, max) = (await users.AdminAsync(), await users.EnterAsync("max", Role.Moderator));
        var (ana, gil) = (await users.EnterAsync("ana", Role.Member), await users.EnterAsync("gil"));
        await admin.SayAsync("geral", "um");
        await ana.SayAsync("geral", "dois");
        await gil.SayAsync("geral", "três");
        await max.SayAsync("geral", "quatro");

        Assert.AreEqual("forbidden", await max.CodeAsync(new ClientFrame.Delete(1, "geral")));
        Assert.IsNull(await max.CodeAsync(new ClientFrame.Delete(2, "geral")));
        Assert.IsNull(await max.CodeAsync(new ClientFrame.Delete(3, "geral")));
        Assert.AreEqual("forbidden", await max.CodeAsync(new ClientFrame.Edit(1, "x", "geral")));
        Assert.AreEqual("forbidden", await ana.CodeAsync(new ClientFrame.Delete(4, "geral")));
        Assert.IsNull(await admin.CodeAsync(new ClientFrame.Delete(4, "geral")));
        Assert.AreEqual("forbidden", await admin.CodeAsync(new ClientFrame.Edit(2, "x", "geral")));
    }

    [TestMethod]
    public async Task WhoIsMutedMayOnlyDelete()
    {
        await using var users = await TestUsers.StartAsync();
        var (admin, ana) = (await users.AdminAsync(), await users.EnterAsync("ana"));
        await ana.SayAsync("geral", "um");
        await admin.ReplyAsync("/mute ana 10m", "geral");
        Assert.AreEqual("muted", await ana.CodeAsync(new ClientFrame.Edit(1, "dois", "geral")));
        Assert.AreEqual("muted", await ana.CodeAsync(new ClientFrame.React(1, "👍", "geral")));
        Assert.IsNull(await ana.CodeAsync(new ClientFrame.Delete(1, "geral")));
    }

    [TestMethod]
    public async Task WhatACommandSaidIsNotEdited()
    {
        var (users, folder) = await TestUsers.WithPluginAsync("Clumsy");
        await using (users)
        {
            var ana = await users.EnterAsync("ana");
            await ana.ReplyAsync("/dizer oi");
            Assert.AreEqual("forbidden", await ana.CodeAsync(new ClientFrame.Edit(1, "12", "geral")));
            Assert.IsNull(await ana.CodeAsync(new ClientFrame.Delete(1, "geral")));
        }
        folder.Delete(recursive: true);
    }

    [TestMethod]
    public async Task AnAccountChangesItsMessagesFromAnySession()
    {
        await using var users = await TestUsers.StartAsync();
        await using var first = await users.Daemon.ConnectAsync("bia");
        await first.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Register("bia", "uma senha bem comprida"));
        await first.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
        await first.SayAsync("geral", "um");
        await using var second = await users.Daemon.ConnectAsync("bia2");
        await second.LoginAsync(new ClientFrame.Login("bia", "uma senha bem comprida", Rooms: ["geral"]));
        Assert.IsNull(await second.CodeAsync(new ClientFrame.Edit(1, "dois", "geral")));
    }

    [TestMethod]
    public async Task ALaterGuestOfTheNameIsAnother()
    {
        await using var users = await TestUsers.StartAsync();
        await using (var ana = await users.Daemon.GuestAsync("ana", "geral"))
        {
            await ana.SayAsync("geral", "um");
            await ana.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
        }
        await using var later = await users.Daemon.GuestAsync("ana", "geral");
        Assert.AreEqual("forbidden", await later.CodeAsync(new ClientFrame.Edit(1, "dois", "geral")));
        Assert.AreEqual("forbidden", await later.CodeAsync(new ClientFrame.Delete(1, "geral")));
    }

    [TestMethod]
    [DataRow("full")]
    [DataRow("none")]
    public async Task AMessageHasAtMostTwentyEmoji(string durability)
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:History:Durability", durability));
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await ana.SayAsync("geral", "um");
        string[] emoji =
        [
            "😀", "😁", "😂", "🤣", "😃", "😄", "😅", "😆", "😉", "😊",
            "😋", "😎", "😍", "😘", "🥰", "😗", "😙", "🥲", "😚", "🙂",
        ];
        foreach (var one in emoji) Assert.IsNull(await ana.CodeAsync(new ClientFrame.React(1, one, "geral")));
        Assert.AreEqual("too_many_reactions", await bia.CodeAsync(new ClientFrame.React(1, "🤗", "geral")));
        Assert.IsNull(await bia.CodeAsync(new ClientFrame.React(1, "🙂", "geral")));
        Assert.IsNull(await ana.CodeAsync(new ClientFrame.React(1, "😀", "geral", Remove: true)));
        Assert.IsNull(await bia.CodeAsync(new ClientFrame.React(1, "🤗", "geral")));
        var page = await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"));
        var reactions = page.Messages[0].Reactions!;
        Assert.HasCount(20, reactions);
        Assert.AreEqual(("🙂", 2L, true), (reactions[18].Emoji, reactions[18].Count, reactions[18].Mine));
        Assert.AreEqual(("🤗", 1L), (reactions[19].Emoji, reactions[19].Count));
    }

    [TestMethod]
    public async Task ChangesSurviveARestartWithTheirIds()
    {
        await using var daemon = await TestDaemon.StartAsync();
        string token, log;
        await using (var ana = await daemon.ConnectAsync("ana"))
        {
            token = (await ana.LoginAsync("ana", "geral")).Token!;
            log = (await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"))).Log;
            await ana.SayAsync("geral", "um");
            Assert.IsNull(await ana.CodeAsync(new ClientFrame.Edit(1, "dois", "geral") { Id = "e" }));
            Assert.IsNull(await ana.CodeAsync(new ClientFrame.React(1, "👍", "geral") { Id = "r" }));
        }
        await daemon.RestartAsync();
        await using var again = await daemon.ConnectAsync("ana");
        await again.LoginAsync(new ClientFrame.Login(Token: token, Rooms: []));
        var joined = await again.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral", 1, 0));
        Assert.AreEqual((1L, 2L, log), (joined.Seq, joined.Rev, joined.Log));
        Assert.AreEqual(("dois", 2L), (joined.Changed![0].Text, joined.Changed[0].Rev));
        var edit = await again.AskAsync<DaemonFrame.Change>(new ClientFrame.Edit(1, "dois", "geral") { Id = "e" });
        Assert.AreEqual((1L, null), (edit.Rev, edit.Text));
        Assert.AreEqual(2, (await again.AskAsync<DaemonFrame.Change>(new ClientFrame.React(1, "👍", "geral") { Id = "r" })).Rev);
        var next = await again.AskAsync<DaemonFrame.Change>(new ClientFrame.Edit(1, "três", "geral") { Id = "e2" });
        Assert.AreEqual((3L, "três"), (next.Rev, next.Text));
    }

    [TestMethod]
    public async Task ATextThatIsGoneIsSoonInNoFile()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        string[] secrets = ["senha-" + new string('x', 30), "código-" + new string('y', 3_500), "curto-1"];
        for (var i = 0; i < 300; i++) await ana.SendAsync(new ClientFrame.Message($"enchimento {i}", "geral"));
        var seqs = new List<long>();
        foreach (var secret in secrets) seqs.Add((await ana.SayAsync("geral", secret)).Seq);
        Assert.AreSequenceEqual(secrets, Found());
        Assert.IsNull(await ana.CodeAsync(new ClientFrame.Edit(seqs[0], "nada", "geral")));
        Assert.IsNull(await ana.CodeAsync(new ClientFrame.Delete(seqs[1], "geral")));
        Assert.IsNull(await ana.CodeAsync(new ClientFrame.Delete(seqs[2], "geral")));
        await Wait.UntilAsync(() => Task.FromResult(!Found().Any()), () => Task.Delay(100));

        IEnumerable<string> Found() => secrets.Where(
            secret => StoredBytes.With(secret[..7], Path.Combine(daemon.Folder, "data"), "chat.db*").Any());
    }

    [TestMethod]
    public async Task WhatDoesNotFitIntoJoinedIsFetched()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        for (var i = 1; i <= 600; i++) await ana.SendAsync(new ClientFrame.Message($"mensagem {i}", "geral"));
        for (var i = 1; i <= 600; i++) await ana.SendAsync(new ClientFrame.Edit(i, $"outra {i}", "geral"));
        await ana.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
        await using var bia = await daemon.ConnectAsync("bia");
        await bia.LoginAsync(new ClientFrame.Login("bia", Rooms: []));
        var joined = await bia.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral", 600, 0));
        Assert.AreEqual((600L, 0, true), (joined.Rev, joined.Changed!.Count, joined.MoreChanges));
        var (changed, rev, more) = (new List<DaemonFrame.Message>(), 0L, true);
        while (more)
        {
            var page = await bia.AskAsync<DaemonFrame.Changes>(new ClientFrame.Changes(rev, "geral", Limit: 250));
            changed.AddRange(page.Messages);
            (rev, more) = (page.Rev, page.More);
        }
        Assert.AreEqual(600, rev);
        CollectionAssert.AreEqual(
            Enumerable.Range(1, 600).Select(i => $"outra {i}").ToList(), changed.ConvertAll(message => message.Text));
    }

    /// <summary>All messages and changes that came, as they came.</summary>
    private static async Task<List<DaemonFrame>> AllAsync(TestClient client)
    {
        var seen = new List<DaemonFrame>();
        await client.SendAsync(new ClientFrame.Ping { Id = "end" });
        while (await client.ExpectAsync<DaemonFrame>(_ => true) is var frame and not DaemonFrame.Pong { Id: "end" })
            if (frame is DaemonFrame.Message or DaemonFrame.Change) seen.Add(frame);
        return seen;
    }

    /// <summary>A copy that is kept by applying changes in turn is what a list shows.</summary>
    private static async Task AssertCopyIsRightAsync(TestClient client, List<DaemonFrame> seen)
    {
        var texts = new SortedDictionary<long, string>();
        foreach (var frame in seen)
        {
            if (frame is DaemonFrame.Message message) texts[message.Seq] = message.Text;
            if (frame is DaemonFrame.Change { Text: { } text } edit) texts[edit.Seq] = text;
        }
        var page = await client.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral", After: 0, Limit: 500));
        CollectionAssert.AreEqual(texts.Values.ToList(), page.Messages.Select(m => m.Text).ToList());
        var changed = seen.OfType<DaemonFrame.Change>().GroupBy(change => change.Seq).ToDictionary(of => of.Key, of => of.Last().Rev);
        foreach (var listed in page.Messages) Assert.AreEqual(changed.GetValueOrDefault(listed.Seq), listed.Rev);
    }
}
