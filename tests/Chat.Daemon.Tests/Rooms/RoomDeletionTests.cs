using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Rooms;

/// <summary>A moderator deletes a room: its users are out of it, its messages are gone, and its name is free.</summary>
[TestClass]
public sealed class RoomDeletionTests
{
    [TestMethod]
    public async Task ItTakesEverybodyOutAndFreesTheName()
    {
        await using var users = await TestUsers.StartAsync();
        var max = await users.EnterAsync("max", Role.Moderator);
        var (ana, bia) = (await users.EnterAsync("ana", room: "jogos"), await users.EnterAsync("bia", room: "jogos"));
        await ana.SayAsync("jogos", "um");
        await bia.SayAsync("jogos", "dois");
        Assert.AreEqual("confirm", await max.TypeAsync("/sala apagar jogos"));
        Assert.AreEqual("A sala jogos foi apagada.", await max.TypeAsync("/sala apagar jogos"));

        foreach (var client in (TestClient[])[ana, bia])
            Assert.AreEqual(new DaemonFrame.Left("jogos", LeftReason.Deleted), await client.ExpectAsync<DaemonFrame.Left>());
        ClientFrame[] frames =
        [
            new ClientFrame.Message("três", "jogos"), new ClientFrame.History("jogos"), new ClientFrame.Members("jogos"),
            new ClientFrame.Leave("jogos"),
        ];
        foreach (var frame in frames) Assert.AreEqual("not_in_room", (await ana.AskAsync<DaemonFrame.Error>(frame)).Code);
        Assert.AreEqual("no_such_room", await max.TypeAsync("/quem jogos"));
        Assert.AreEqual("no_such_room", await max.TypeAsync("/sala apagar jogos"));
        Assert.DoesNotContain("jogos", await max.TypeAsync("/salas"));

        var joined = await bia.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos", 0));
        Assert.AreEqual((0, 0), (joined.Seq, joined.Messages.Count));
        Assert.AreEqual(1, (await bia.SayAsync("jogos", "outra vez")).Seq);
        await ana.ExpectNothingAsync();
    }

    [TestMethod]
    public async Task ItsRowsGoInTheBackgroundAlsoAfterAStop()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        await admin.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos"));
        await admin.ReplyAsync("/lento 10s", "jogos");
        await admin.ReplyAsync("/boas-vindas Olá!", "jogos");
        await admin.ReplyAsync("/permissao dar message.send moderador --sala jogos");
        var eva = await users.EnterAsync("eva", room: "jogos");
        await admin.ReplyAsync("/mute eva 10m", "jogos");
        for (var i = 0; i < 3_000; i++) await admin.SendAsync(new ClientFrame.Message($"mensagem {i}", "jogos"));
        await admin.SettleAsync();
        await DeleteAsync(admin, "jogos");
        await eva.ExpectAsync<DaemonFrame.Left>();
        await users.Daemon.RestartAsync();
        await Wait.UntilAsync(async () => await RowsAsync(users) == "1 0 0 0 0", () => Task.Delay(10)); // the default room
    }

    [TestMethod]
    public async Task TheDefaultRoomAndRoomsOfOthersRightsStay()
    {
        await using var users = await TestUsers.StartAsync();
        var (admin, max) = (await users.AdminAsync("en"), await users.EnterAsync("max", Role.Moderator));
        var (ana, bia) = (await users.EnterAsync("ana", Role.Member, room: "jogos"), await users.EnterAsync("bia", room: "avisos"));
        await bia.SayAsync("avisos", "oi");
        await admin.RefusalAsync("/room delete geral");
        var refused = await admin.RefusalAsync("/room delete geral");
        Assert.AreEqual(
            ("forbidden", "The room geral cannot be deleted: everybody who logs in joins it."), (refused.Code, refused.Text));
        Assert.AreEqual("forbidden", await ana.TypeAsync("/sala apagar jogos", "jogos"));
        Assert.AreEqual("forbidden", await bia.TypeAsync("/sala apagar avisos", "avisos"));

        await admin.ReplyAsync("/permission set room.delete admin --room avisos");
        await max.RefusalAsync("/sala apagar avisos");
        Assert.AreEqual("forbidden", await max.TypeAsync("/sala apagar avisos"), "Its own rule counts, wherever it is asked for.");
        await ana.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("jogos"));
        await bia.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("avisos"));
    }

    [TestMethod]
    public async Task APrivateRoomGoesWithItsInvitations()
    {
        await using var users = await TestUsers.StartAsync();
        var (admin, max) = (await users.AdminAsync(), await users.EnterAsync("max", Role.Moderator));
        var (mia, gil) = (await users.EnterAsync("mia", Role.Member), await users.EnterAsync("gil", Role.Member));
        await mia.ReplyAsync("/privada planos");
        await mia.ReplyAsync("/convidar gil", "planos");
        await gil.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("planos"));
        await mia.SayAsync("planos", "segredo");
        Assert.AreEqual("forbidden", await mia.TypeAsync("/sala apagar planos", "planos"), "The owner has no more rights than in others.");
        await admin.ReplyAsync("/permissao dar room.delete membro");
        var eva = await users.EnterAsync("eva", Role.Member);
        Assert.AreEqual("no_such_room", await eva.TypeAsync("/sala apagar planos"));
        await DeleteAsync(max, "planos");
        foreach (var client in (TestClient[])[mia, gil])
            Assert.AreEqual(new DaemonFrame.Left("planos", LeftReason.Deleted), await client.ExpectAsync<DaemonFrame.Left>());

        await eva.ReplyAsync("/privada planos");
        foreach (var former in (TestClient[])[mia, gil])
            Assert.AreEqual("no_such_room", (await former.AskAsync<DaemonFrame.Error>(new ClientFrame.Join("planos"))).Code);
        await Wait.UntilAsync(
            async () => await users.Daemon.Get<SqliteReaders>().ReadAsync(
                reader => reader.Number("SELECT count(*) FROM room_invitations"), CancellationToken.None) == 0,
            () => Task.Delay(10));
    }

    [TestMethod]
    [DataRow("café", "cafe\u0301")]
    [DataRow("cafe\u0301", "CAFÉ")]
    public async Task AnySpellingOfTheNameMeansTheRoom(string created, string deleted)
    {
        await using var users = await TestUsers.StartAsync();
        var (admin, ana) = (await users.AdminAsync(), await users.EnterAsync("ana", room: created));
        await DeleteAsync(admin, deleted);
        Assert.AreEqual("café", (await ana.ExpectAsync<DaemonFrame.Left>()).Room);
        Assert.AreEqual("not_in_room", (await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.History("café"))).Code);
    }

    [TestMethod]
    public async Task AMessageInFlightIsEchoedOrRefused()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        for (var round = 0; round < 10; round++)
        {
            var room = $"jogos{round}";
            var ana = await users.EnterAsync($"ana{round}", room: room);
            var deleted = DeleteAsync(admin, room);
            var sent = 0;
            for (; !deleted.IsCompleted || sent < 10; sent++)
                await ana.SendAsync(new ClientFrame.Message($"m{sent}", room) { Id = $"m{sent}" });
            await deleted;
            await ana.SettleAsync();
            var frames = ana.Waiting.Select(w => w.Frame).ToList();
            var echoes = frames.OfType<DaemonFrame.Message>().Select(m => m.Id).ToList();
            var refusals = frames.OfType<DaemonFrame.Error>().ToList();
            Assert.AreEqual(sent, echoes.Count + refusals.Count);
            Assert.IsTrue(refusals.All(r => r.Code == "not_in_room"));
            var first = Enumerable.Range(0, echoes.Count).Select(i => $"m{i}").ToList();
            CollectionAssert.AreEqual(first, echoes, "No echo follows a refusal.");
            Assert.AreEqual("deleted", frames.OfType<DaemonFrame.Left>().Single().Reason);
            await ana.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task WhoJoinsAndReadsMeanwhileIsInTheRoomThatIsThere()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        var clients = new List<TestClient>();
        for (var i = 0; i < 8; i++) clients.Add(await users.EnterAsync($"u{i}"));
        using var over = new CancellationTokenSource();
        var crowd = clients.Select((client, i) => Task.Run(() => ComeAndGoAsync(client, i, over.Token))).ToList();
        for (var i = 0; i < 60; i++)
        {
            await admin.TypeAsync("/sala apagar arena");
            await admin.TypeAsync("/sala apagar arena"); // there may be none at the moment
        }
        await over.CancelAsync();
        await Task.WhenAll(crowd);

        foreach (var client in clients) await client.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("arena"));
        var said = await clients[0].SayAsync("arena", "todos aqui?");
        foreach (var client in clients.Skip(1))
            Assert.AreEqual(said.Seq, (await client.ExpectAsync<DaemonFrame.Message>(m => m.Text == "todos aqui?")).Seq);
    }

    [TestMethod]
    public async Task AFailedDeletionChangesNothing()
    {
        await using var users = await TestUsers.StartAsync();
        var (admin, ana) = (await users.AdminAsync(), await users.EnterAsync("ana", room: "jogos"));
        await ana.SayAsync("jogos", "um");
        var writer = users.Daemon.Get<SqliteWriter>();
        await writer.WriteAsync(connection => Sql.Execute(connection, """
            CREATE TEMP TRIGGER no_deletion BEFORE UPDATE OF name_key ON conversations BEGIN SELECT raise(ABORT, 'no'); END
            """));
        await admin.TypeAsync("/sala apagar jogos");
        Assert.AreEqual("storage", await admin.TypeAsync("/sala apagar jogos"));
        Assert.AreEqual(2, (await ana.SayAsync("jogos", "dois")).Seq);
        await ana.ExpectNothingAsync();
        await writer.WriteAsync(connection => Sql.Execute(connection, "DROP TRIGGER no_deletion"));
        await DeleteAsync(admin, "jogos");
        await ana.ExpectAsync<DaemonFrame.Left>();
    }

    [TestMethod]
    public async Task TheLogTakesNoMessageOfADeletedRoom()
    {
        await using var users = await TestUsers.StartAsync();
        var store = users.Daemon.Get<ConversationStore>();
        var room = await store.CreateRoomAsync(TestUsers.Room("jogos"), "g1");
        var writer = users.Daemon.Get<SqliteWriter>();
        // Its rows do not go before the append.
        await writer.WriteAsync(connection => Sql.Execute(connection, """
            CREATE TEMP TRIGGER stays BEFORE DELETE ON conversations BEGIN SELECT raise(IGNORE); END;
            UPDATE conversations SET name_key = NULL, name = NULL;
            """));
        var append = users.Daemon.Get<IMessageLog>().AppendAsync(room!.Id, [new LoggedMessage(1, "ana", "oi", 1, 1)]);
        await Assert.ThrowsExactlyAsync<LogRefusedException>(() => append);
    }

    private static async Task ComeAndGoAsync(TestClient client, int number, CancellationToken over)
    {
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            await client.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("arena", 0));
            await client.AskAsync<DaemonFrame>(new ClientFrame.Message($"{number} {i}", "arena"));
            if (await client.AskAsync<DaemonFrame>(new ClientFrame.History("arena")) is DaemonFrame.History page)
                CollectionAssert.AreEqual(
                    page.Messages.Select((_, k) => page.Messages[0].Seq + k).ToList(), page.Messages.Select(m => m.Seq).ToList());
            await client.AskAsync<DaemonFrame>(new ClientFrame.Members("arena"));
            if ((i + number) % 3 == 0) await client.AskAsync<DaemonFrame>(new ClientFrame.Leave("arena"));
        }
    }

    private static async Task DeleteAsync(TestClient staff, string room)
    {
        Assert.AreEqual("confirm", await staff.TypeAsync($"/sala apagar {room}"));
        await staff.ReplyAsync($"/sala apagar {room}");
    }

    /// <summary>How many conversations, messages, mutes, rules and values there are.</summary>
    private static async Task<string> RowsAsync(TestUsers users) => await users.Daemon.Get<SqliteReaders>().ReadAsync(
        reader => string.Join(' ', new[] { "conversations", "messages", "mutes", "permissions", "plugin_values" }
            .Select(table => reader.Number($"SELECT count(*) FROM {table}"))), CancellationToken.None);
}
