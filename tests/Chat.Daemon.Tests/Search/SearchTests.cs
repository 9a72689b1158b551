using Chat.Daemon.Search;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Search;

/// <summary>Who finds what, on the disk and in memory. The plain rules are in <c>search.chat</c>.</summary>
[TestClass]
public sealed class SearchTests(TestContext context)
{
    [TestMethod]
    [DataRow("full")]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task NewTextIsFoundWithinASecond(string durability)
    {
        await using var users = await TestUsers.StartAsync(("Chat:History:Durability", durability));
        var ana = await users.EnterAsync("ana", Role.Member);
        await ana.SayAsync("geral", "a palavra é jabuticaba");
        var echoed = TimeProvider.System.GetTimestamp();
        await Wait.UntilAsync(async () => (await FindAsync(ana, "jabuticaba")).Count == 1, () => Task.Delay(20, context.CancellationToken));
        Assert.IsLessThan(2, TimeProvider.System.GetElapsedTime(echoed).TotalSeconds, "a second, and one for a busy machine");
    }

    [TestMethod]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task PagesLeadThroughEverythingThatIsThere(string durability)
    {
        const int count = 450;
        await using var users = await TestUsers.StartAsync(("Chat:History:Durability", durability));
        var ana = await users.EnterAsync("ana", Role.Member);
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos"));
        for (var i = 0; i < count; i++) await ana.SayAsync(i % 3 == 0 ? "jogos" : "geral", $"jogada {i}");
        await users.Daemon.IndexAsync();

        CollectionAssert.AreEqual(
            Enumerable.Range(0, count).Reverse().Select(i => $"jogada {i}").ToList(), await FindAsync(ana, "jog*", limit: 7));
        CollectionAssert.AreEqual(
            Enumerable.Range(0, count).Where(i => i % 3 == 0).Reverse().Select(i => $"jogada {i}").ToList(),
            await FindAsync(ana, "jogada", room: "jogos", limit: 100));
    }

    [TestMethod]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task LongMessagesFillAFrameAndTheNextPageHasTheRest(string durability)
    {
        await using var users = await TestUsers.StartAsync(("Chat:History:Durability", durability));
        var ana = await users.EnterAsync("ana", Role.Member);
        for (var i = 0; i < 60; i++) await ana.SendAsync(new ClientFrame.Message($"longa {new string('é', 3_900)}", "geral"));
        await ana.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
        await users.Daemon.IndexAsync();
        var page = await ana.AskAsync<DaemonFrame.Found>(new ClientFrame.Search("longa", Limit: 100));
        Assert.IsTrue(page.More);
        Assert.IsInRange(20, 40, page.Messages.Count);
        Assert.HasCount(60, await FindAsync(ana, "longa", limit: 100));
    }

    [TestMethod]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task BetweenTwoPagesARoomMayBeLost(string durability)
    {
        await using var users = await TestUsers.StartAsync(("Chat:History:Durability", durability));
        var (ana, chefe) = (await users.EnterAsync("ana", Role.Member), await users.AdminAsync());
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos"));
        for (var i = 0; i < 10; i++) await ana.SayAsync(i < 5 ? "jogos" : "geral", $"partida {i}");
        await users.Daemon.IndexAsync();
        var page = await ana.AskAsync<DaemonFrame.Found>(new ClientFrame.Search("partida", Limit: 5));
        Assert.IsTrue(page.Messages.All(message => message.Room == "geral"));
        await chefe.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos"));
        await chefe.TypeAsync("/expulsar ana", "jogos");
        await ana.ExpectAsync<DaemonFrame.Left>();

        var rest = await ana.AskAsync<DaemonFrame.Found>(new ClientFrame.Search("partida", Before: page.Before, Limit: 5));
        Assert.AreEqual((0, false), (rest.Messages.Count, rest.More));
        var refused = await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Search("partida", "jogos", Before: page.Before));
        Assert.AreEqual(RefusalCode.NotInRoom, refused.Code);
    }

    [TestMethod]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task APermissionMayDifferFromRoomToRoom(string durability)
    {
        await using var users = await TestUsers.StartAsync(("Chat:History:Durability", durability));
        var (chefe, caio) = (await users.AdminAsync(), await users.EnterAsync("caio"));
        await caio.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos"));
        await chefe.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos"));
        await caio.SayAsync("jogos", "uma rodada");
        await caio.SayAsync("geral", "outra rodada");
        await caio.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("mais uma rodada", To: "admin"));
        await users.Daemon.IndexAsync();
        Assert.AreEqual(RefusalCode.Forbidden, (await caio.AskAsync<DaemonFrame.Error>(new ClientFrame.Search("rodada"))).Code);

        await chefe.TypeAsync("/permissao dar message.search convidado --sala jogos");
        CollectionAssert.AreEqual((string[])["uma rodada"], await FindAsync(caio, "rodada"));
        Assert.AreEqual(RefusalCode.Forbidden, (await caio.AskAsync<DaemonFrame.Error>(new ClientFrame.Search("rodada", "geral"))).Code);
    }

    /// <summary>The name of a guest who has gone leads to whoever has it now.</summary>
    [TestMethod]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task AGuestOfTheSameNameIsAnother(string durability)
    {
        await using var users = await TestUsers.StartAsync(("Chat:History:Durability", durability));
        var ana = await users.EnterAsync("ana", Role.Member);
        var first = await users.EnterAsync("leo");
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("a senha é tatu", To: "leo"));
        await first.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
        await users.Daemon.IndexAsync();
        Assert.HasCount(1, await FindAsync(ana, "tatu"));

        var second = await users.EnterAsync("leo");
        await (await users.AdminAsync()).TypeAsync("/permissao dar message.search convidado");
        Assert.IsEmpty(await FindAsync(second, "tatu"));
        Assert.IsEmpty(await FindAsync(ana, "tatu"));
    }

    [TestMethod]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task WhatRetentionTakesIsNotFound(string durability)
    {
        await using var users = await TestUsers.StartAsync(("Chat:History:Durability", durability));
        var chefe = await users.AdminAsync();
        for (var i = 1; i <= 5; i++) await chefe.SayAsync("geral", $"ponto {i}");
        await users.Daemon.IndexAsync();
        Assert.HasCount(5, await FindAsync(chefe, "ponto"));
        await chefe.TypeAsync("/retencao mensagens 2");
        await chefe.TypeAsync("/retencao mensagens 2");
        await Wait.UntilAsync(async () => (await FindAsync(chefe, "ponto")).Count < 5, () => Task.Delay(20, context.CancellationToken));
        CollectionAssert.AreEqual((string[])["ponto 5", "ponto 4"], await FindAsync(chefe, "ponto"));
    }

    [TestMethod]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task ASearchThatIsTooLateSaysWhereItWas(string durability)
    {
        await using var users = await TestUsers.StartAsync(("Chat:History:Durability", durability));
        await (await users.EnterAsync("ana", Role.Member)).SayAsync("geral", "oi");
        await users.Daemon.IndexAsync();
        var request = new SearchRequest(SearchTerms.Parse("nada")!, 1, [new ConversationId(1)]) { Deadline = 0 };
        var page = await users.Daemon.Get<IMessageSearch>().FindAsync(request, context.CancellationToken);
        var isAll = durability == "none"; // a single slice is looked through in any case
        Assert.AreEqual((!isAll, isAll ? null : SearchStop.Deadline), (page.More, page.Stop));
    }

    [TestMethod]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task TheCommandFindsPageByPage(string durability)
    {
        await using var users = await TestUsers.StartAsync(("Chat:History:Durability", durability));
        var (ana, bia) = (await users.EnterAsync("ana", Role.Member), await users.EnterAsync("bia", Role.Member, lang: "en"));
        for (var i = 1; i <= 12; i++) await ana.SayAsync("geral", $"linha {i}\nCAFÉ \u202E{new string('x', 200)}");
        await bia.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("um café?", To: "ana"));
        await users.Daemon.IndexAsync();
        var lines = (await ana.TypeAsync("/buscar caf* linha")).Split('\n');
        Assert.HasCount(11, lines);
        StringAssert.Matches(lines[0], new(@"^\d{4}-\d\d-\d\d \d\d:\d\dZ geral #12 ana: linha 12 CAFÉ x+…$"));
        var before = lines[10][(lines[10].LastIndexOf(' ') + 1)..];
        Assert.AreEqual($"Há mais. Repita a busca com --antes {before}", lines[10]);
        Assert.HasCount(2, (await ana.TypeAsync($"/buscar --antes {before} caf* linha")).Split('\n'));

        StringAssert.EndsWith(await bia.TypeAsync("/search --from BIA cafe"), " with ana #1 bia: um café?");
        Assert.AreEqual("No messages found.", await bia.TypeAsync("/search --room geral --from bia cafe"));
        Assert.AreEqual("bad_arguments", await bia.TypeAsync("/search ..."));
        Assert.AreEqual("bad_arguments", await bia.TypeAsync("/search --before x cafe"));
        Assert.AreEqual("forbidden", await (await users.EnterAsync("caio")).TypeAsync("/buscar cafe"));
    }

    [TestMethod]
    public void ACursorTellsNothingAndCannotBeForged()
    {
        var names = LogNames.New();
        var (cursor, other) = (new SearchCursor(names), new SearchCursor(LogNames.New()));
        var (one, two) = (cursor.Seal(1), cursor.Seal(2));
        Assert.AreEqual(1, cursor.Open(one));
        Assert.AreEqual(2, new SearchCursor(names).Open(two));
        Assert.IsNull(other.Open(one));
        for (var i = 0; i < one.Length; i++)
            Assert.IsNull(cursor.Open(one[..i] + (one[i] == 'x' ? 'y' : 'x') + one[(i + 1)..]), $"character {i}");
        foreach (var wrong in (string[])["", "a", "☃", new('A', 22), new('A', 10_000), one + one, one[..^1], " " + one])
            Assert.IsNull(cursor.Open(wrong), wrong);
    }

    /// <returns>The texts of all pages.</returns>
    private static async Task<List<string>> FindAsync(TestClient client, string text, string? room = null, long? limit = null)
    {
        var texts = new List<string>();
        var page = await client.AskAsync<DaemonFrame.Found>(new ClientFrame.Search(text, room, Limit: limit));
        while (true)
        {
            texts.AddRange(page.Messages.Select(message => message.Text));
            Assert.AreEqual(page.More, page.Before is not null);
            if (!page.More) return texts;
            page = await client.AskAsync<DaemonFrame.Found>(new ClientFrame.Search(text, room, Before: page.Before, Limit: limit));
        }
    }
}
