using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;
using Chat.Testing;

namespace Chat.Daemon.Tests.Rooms;

/// <summary>Old messages go, from the beginning only: numbers stay, pages end where the messages begin, and a resend stays one.</summary>
[TestClass]
public sealed class RetentionTests
{
    [TestMethod]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task OldMessagesGoFromRoomsAndDirectConversations(string durability)
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time, ("Chat:Retention:Days", "1"), Durability(durability));
        var (mia, gil) = (await users.EnterAsync("mia", Role.Member), await users.EnterAsync("gil", Role.Member));
        foreach (var text in (string[])["um", "dois", "três"]) await SayBothAsync(mia, text);
        time.Advance(TimeSpan.FromHours(12));
        foreach (var text in (string[])["quatro", "cinco"]) await SayBothAsync(mia, text);
        time.Advance(TimeSpan.FromHours(13));
        await UntilFirstAsync(mia, 4);

        foreach (var page in (ClientFrame.History[])[new("geral"), new("geral", After: 1), new("geral", Before: 6), new(With: "gil")])
            CollectionAssert.AreEqual(new long[] { 4, 5 }, Numbers(await mia.AskAsync<DaemonFrame.History>(page)), page.ToString());
        foreach (var page in (ClientFrame.History[])[new("geral", Before: 4), new("geral", Before: 2), new(With: "gil", Before: 4)])
        {
            var end = await mia.AskAsync<DaemonFrame.History>(page);
            Assert.AreEqual((0, false), (end.Messages.Count, end.More), page.ToString());
        }
        var last = await mia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral", Limit: 2));
        Assert.IsFalse(last.More, "What was removed is no reason to ask again.");
        var joined = await gil.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral", After: 2));
        Assert.AreEqual((5, 4, false), (joined.Seq, joined.First, joined.More));
        CollectionAssert.AreEqual(new long[] { 4, 5 }, joined.Messages.Select(m => m.Seq).ToArray());
        var again = await users.ConnectAsync("gil");
        var welcome = await again.LoginAsync(new ClientFrame.Login("gil", TestUsers.Password, Rooms: []));
        Assert.AreEqual(("mia", 5L, 4L), welcome.Direct.Single() is var direct ? (direct.User, direct.Seq, direct.First) : default);

        time.Advance(TimeSpan.FromDays(2));
        await UntilFirstAsync(mia, 6);
        joined = await gil.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral", After: 0));
        Assert.AreEqual((5, 6, 0, false), (joined.Seq, joined.First, joined.Messages.Count, joined.More));
        Assert.AreEqual(6, (await mia.SayAsync("geral", "seis")).Seq);
    }

    [TestMethod]
    public async Task NumbersGoOnAfterAStop()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time, ("Chat:Retention:Days", "1"));
        var ana = await users.EnterAsync("ana");
        for (var i = 1; i <= 5; i++) await ana.SayAsync("geral", $"{i}");
        time.Advance(TimeSpan.FromDays(2));
        await UntilFirstAsync(ana, 6);
        await users.Daemon.RestartAsync();
        await UntilAsync(users, time, rows: 0);
        await users.Daemon.RestartAsync();
        var bia = await users.EnterAsync("bia");
        Assert.AreEqual((5, 6), await RangeAsync(bia));
        Assert.AreEqual(6, (await bia.SayAsync("geral", "seis")).Seq);
    }

    [TestMethod]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task TheNewestOfARoomStay(string durability)
    {
        await using var users = await TestUsers.StartAsync(("Chat:Retention:MessagesPerConversation", "10"), Durability(durability));
        var max = await users.EnterAsync("max", Role.Moderator, lang: "en");
        for (var i = 1; i <= 25; i++) await max.SayAsync("geral", $"{i}");
        await ConfirmAsync(max, "/retention messages 8");
        await UntilFirstAsync(max, 18);
        await ConfirmAsync(max, "/retention default");
        for (var i = 26; i <= 30; i++) await max.SayAsync("geral", $"{i}");
        await ConfirmAsync(max, "/retention days 0");
        await UntilFirstAsync(max, 21);
        await ConfirmAsync(max, "/retention messages 0");
        for (var i = 31; i <= 45; i++) await max.SayAsync("geral", $"{i}");
        await ConfirmAsync(max, "/retention messages 20");
        await UntilFirstAsync(max, 26);
    }

    [TestMethod]
    public async Task ARemovedMessageThatIsSentAgainIsNotLoggedTwice()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time, ("Chat:Retention:MessagesPerConversation", "2"));
        var ana = await users.ConnectAsync("ana");
        var token = (await ana.LoginAsync(new ClientFrame.Login("ana", Rooms: ["geral"]))).Token;
        for (var i = 1; i <= 5; i++) await ana.AskAsync<DaemonFrame.Message>(Numbered(i));
        time.Advance(TimeSpan.FromMinutes(5));
        await UntilFirstAsync(ana, 4);
        await ExpectEchoAsync(ana, 1);
        await users.Daemon.RestartAsync();
        var again = await users.ConnectAsync("ana");
        await again.LoginAsync(new ClientFrame.Login(Token: token, Rooms: ["geral"]));
        await ExpectEchoAsync(again, 2);
        Assert.AreEqual(6, (await again.SayAsync("geral", "seis")).Seq);
    }

    [TestMethod]
    public async Task TheRowsGoAfterTenMinutesInWhichTheDaemonRuns()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time, ("Chat:Retention:MessagesPerConversation", "100"));
        var ana = await users.EnterAsync("ana");
        for (var i = 1; i < 3_000; i++) await ana.SendAsync(new ClientFrame.Message($"mensagem {i}", "geral"));
        await ana.SayAsync("geral", "a última");
        time.Advance(TimeSpan.FromMinutes(5));
        await UntilFirstAsync(ana, 2_901);
        time.Advance(TimeSpan.FromMinutes(4));
        await users.Daemon.RestartAsync();
        time.Advance(TimeSpan.FromMinutes(9));
        Assert.AreEqual(3_000, await RowsAsync(users));
        await UntilAsync(users, time, rows: 100);
        var bia = await users.EnterAsync("bia");
        Assert.AreEqual((3_000, 2_901), await RangeAsync(bia));
        Assert.AreEqual(0, await users.Daemon.Get<SqliteWriter>().WriteAsync(c => DatabaseMessageLog.DamagedRows(c).Count()));
    }

    /// <summary>A change tells who made it, so it must not outlive its message, once it need not be recognized any more.</summary>
    [TestMethod]
    public async Task TheChangesOfRemovedMessagesGoAfterTenMinutesToo()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time, ("Chat:Retention:MessagesPerConversation", "2"));
        var ana = await users.EnterAsync("ana");
        for (var i = 1; i <= 4; i++) await ana.SayAsync("geral", $"{i}");
        for (var i = 1; i <= 4; i++) await ana.AskAsync<DaemonFrame.Change>(new ClientFrame.React(i, "👍", "geral"));
        await ana.AskAsync<DaemonFrame.Change>(new ClientFrame.Edit(1, "um", "geral") { Id = "e" });
        time.Advance(TimeSpan.FromMinutes(5));
        await UntilFirstAsync(ana, 3);
        Assert.AreEqual(5, await ChangesAsync(users));
        await Wait.UntilAsync(async () => await ChangesAsync(users) == 2, () =>
        {
            time.Advance(TimeSpan.FromSeconds(10));
            return Task.Delay(10);
        });
        Assert.AreEqual(4, (await ana.AskAsync<DaemonFrame.Changes>(new ClientFrame.Changes(0, "geral"))).Messages[^1].Seq);
    }

    [TestMethod]
    public async Task MembersSeeTheLimitsAndModeratorsSetThem()
    {
        await using var users = await TestUsers.StartAsync(("Chat:Retention:Days", "30"));
        var (max, ana) = (await users.EnterAsync("max", Role.Moderator), await users.EnterAsync("ana", Role.Member, lang: "en"));
        Assert.AreEqual(
            "The room geral keeps the messages of the last 30 days. This is the daemon's default.", await ana.TypeAsync("/retention show"));
        foreach (var line in (string[])["/retention days 1", "/retention messages 1", "/retention default"])
            Assert.AreEqual("forbidden", await ana.TypeAsync(line), "Before it asks for a confirmation.");
        Assert.AreEqual("A sala geral guarda as mensagens dos últimos 90 dias.", await ConfirmAsync(max, "/retencao dias 90"));
        Assert.AreEqual(
            "max set this room to keep messages for 90 days. Older ones are removed.",
            (await ana.ExpectAsync<DaemonFrame.Notice>()).Text);
        Assert.AreEqual(
            "A sala geral guarda as mensagens dos últimos 90 dias, no máximo 1000.", await ConfirmAsync(max, "/retencao mensagens 1000"));
        await users.Daemon.RestartAsync();
        var bia = await users.EnterAsync("bia", lang: "en");
        Assert.AreEqual("The room geral keeps the messages of the last 90 days, at most 1000.", await bia.TypeAsync("/retention show"));
        var admin = await users.AdminAsync();
        Assert.AreEqual(
            "A sala geral guarda as mensagens dos últimos 30 dias. É o padrão do servidor.",
            await ConfirmAsync(admin, "/retencao padrao"));
        Assert.Contains("retencao padrao", await admin.TypeAsync("/auditoria"));
        Assert.Contains("retencao dias", await admin.TypeAsync("/auditoria"));
    }

    [TestMethod]
    public async Task TheOwnerOfAPrivateRoomMayShortenItsMemory()
    {
        await using var users = await TestUsers.StartAsync(("Chat:Retention:Days", "30"));
        var (mia, gil) = (await users.EnterAsync("mia", Role.Member), await users.EnterAsync("gil", Role.Member));
        await mia.ReplyAsync("/privada planos");
        await mia.ReplyAsync("/convidar gil", "planos");
        await gil.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("planos"));
        Assert.AreEqual("A sala planos guarda as mensagens dos últimos 7 dias.", await ConfirmAsync(mia, "/retencao dias 7", "planos"));
        Assert.AreEqual("forbidden", await gil.TypeAsync("/retencao dias 8", "planos"));
        foreach (var longer in (string[])["/retencao dias 31", "/retencao dias 0"])
        {
            Assert.AreEqual("confirm", await mia.TypeAsync(longer, "planos"));
            Assert.StartsWith("Só a moderação pode guardar mensagens por mais tempo", (await mia.RefusalAsync(longer, "planos")).Text);
        }
        await ConfirmAsync(mia, "/retencao padrao", "planos");
    }

    private static (string, string) Durability(string name) => ("Chat:History:Durability", name);

    private static ClientFrame.Message Numbered(int number) => new($"texto {number}", "geral") { Id = $"m{number}" };

    private static async Task SayBothAsync(TestClient client, string text)
    {
        await client.SayAsync("geral", text);
        await client.AskAsync<DaemonFrame.Message>(new ClientFrame.Message(text, To: "gil"));
    }

    /// <summary>The number is the same; the text is gone.</summary>
    private static async Task ExpectEchoAsync(TestClient client, int number)
    {
        var echo = await client.AskAsync<DaemonFrame.Message>(Numbered(number));
        Assert.AreEqual((number, "", true), (echo.Seq, echo.Text, echo.Erased));
    }

    private static async Task<string> ConfirmAsync(TestClient client, string line, string room = "geral")
    {
        Assert.AreEqual("confirm", await client.TypeAsync(line, room));
        return (await client.ReplyAsync(line, room)).Text;
    }

    private static long[] Numbers(DaemonFrame.History page) => [.. page.Messages.Select(m => m.Seq)];

    private static async Task<(long Seq, long First)> RangeAsync(TestClient client)
    {
        var joined = await client.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
        return (joined.Seq, joined.First);
    }

    private static Task UntilFirstAsync(TestClient client, long first) =>
        Wait.UntilAsync(async () => (await RangeAsync(client)).First == first, () => Task.Delay(10));

    private static Task UntilAsync(TestUsers users, TestTime time, long rows) => Wait.UntilAsync(
        async () => await RowsAsync(users) == rows,
        () =>
        {
            time.Advance(TimeSpan.FromSeconds(10));
            return Task.Delay(10);
        });

    private static Task<long> RowsAsync(TestUsers users) => CountAsync(users, "messages");

    private static Task<long> ChangesAsync(TestUsers users) => CountAsync(users, "changes");

    private static async Task<long> CountAsync(TestUsers users, string table) => await users.Daemon.Get<SqliteReaders>().ReadAsync(
        reader => reader.Number($"SELECT count(*) FROM {table}"), CancellationToken.None);
}
