using Chat.Daemon.Sessions;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Sessions;

/// <summary>Every refusal that needs no command, with its text.</summary>
[TestClass]
public sealed class SessionRefusalTests
{
    private const string Password = "uma senha bem comprida";

    [TestMethod]
    [DataRow("pt-BR")]
    [DataRow("en")]
    public async Task ARefusedLoginIsAnsweredInTheLoginsLanguage(string lang)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana");
        await using var bia = await daemon.ConnectAsync("bia");
        await bia.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Register("bia", Password));

        await ExpectAsync(RefusalCode.NameTaken, new ClientFrame.Login("ANA", Lang: lang));
        await ExpectAsync(RefusalCode.NameTaken, new ClientFrame.Register("ana", Password, Lang: lang));
        await ExpectAsync(RefusalCode.NameTaken, new ClientFrame.Register("Bia", Password, Lang: lang));
        await ExpectAsync(RefusalCode.PasswordRequired, new ClientFrame.Login("bia", Lang: lang));
        await ExpectAsync(RefusalCode.PasswordRequired, new ClientFrame.Login("admin", Lang: lang));
        await ExpectAsync(RefusalCode.WrongPassword, new ClientFrame.Login("bia", "errada", Lang: lang));
        await ExpectAsync(RefusalCode.WrongPassword, new ClientFrame.Login("ninguém", "errada", Lang: lang));
        await ExpectAsync(RefusalCode.BadToken, new ClientFrame.Login(Token: "00", Lang: lang));
        await ExpectAsync(RefusalCode.BadName, new ClientFrame.Login("a b", Lang: lang));
        await ExpectAsync(RefusalCode.BadName, new ClientFrame.Login("caio", Rooms: ["#"], Lang: lang));
        string[] rooms = [.. Enumerable.Range(0, 101).Select(i => $"r{i}")];
        await ExpectAsync(RefusalCode.TooManyRooms, new ClientFrame.Login("caio", Rooms: rooms, Lang: lang));
        foreach (var reserved in (string[])["sistema", "System", "daemon", "todos", "ALL"])
            await ExpectAsync(RefusalCode.BadName, new ClientFrame.Login(reserved, Lang: lang));

        async Task ExpectAsync(string code, ClientFrame login)
        {
            await using var client = await daemon.ConnectAsync();
            var error = await client.AskAsync<DaemonFrame.Error>(login);
            Assert.AreEqual((code, SessionTexts.For(lang, "?").Of(code)), (error.Code, error.Text), $"{login}");
            var second = await client.AskAsync<DaemonFrame>(new ClientFrame.Login("outro", Rooms: []));
            Assert.IsInstanceOfType<DaemonFrame.Welcome>(second, "a refused login can be repeated");
            await client.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
        }
    }

    [TestMethod]
    [DataRow("pt-BR")]
    [DataRow("en")]
    public async Task ARefusedFrameIsAnsweredInTheSessionsLanguage(string lang)
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Roles:guest:0", "-room.create"));
        await using var ana = await daemon.ConnectAsync("ana");
        await ana.LoginAsync(new ClientFrame.Login("ana", Rooms: ["geral"], Lang: lang));

        await ExpectAsync(RefusalCode.AlreadyLoggedIn, null, new ClientFrame.Login("bia"));
        await ExpectAsync(RefusalCode.AlreadyLoggedIn, null, new ClientFrame.Register("bia", Password));
        await ExpectAsync(RefusalCode.NoSuchRoom, "terceira", new ClientFrame.Join("terceira"));
        await ExpectAsync(RefusalCode.BadName, "a b", new ClientFrame.Join("a b"));
        await ExpectAsync(RefusalCode.BadArguments, "geral", new ClientFrame.Join("geral", -1));
        ClientFrame[] elsewhere =
        [
            new ClientFrame.Leave("fora"), new ClientFrame.Members("fora"),
            new ClientFrame.History("fora"), new ClientFrame.Message("a", "fora"),
        ];
        foreach (var frame in elsewhere) await ExpectAsync(RefusalCode.NotInRoom, "fora", frame);
        await ExpectAsync(RefusalCode.NoSuchUser, null, new ClientFrame.Message("a", To: "ninguém"));
        await ExpectAsync(RefusalCode.NoSuchUser, null, new ClientFrame.History(With: "ninguém"));
        await ExpectAsync(RefusalCode.BadName, null, new ClientFrame.Message("a", To: "a b"));
        await ExpectAsync(RefusalCode.TextEmpty, "geral", new ClientFrame.Message(" \n\t", "geral"));
        await ExpectAsync(RefusalCode.TextEmpty, "geral", new ClientFrame.Message("", "geral"));
        await ExpectAsync(RefusalCode.TextTooLong, "geral", new ClientFrame.Message(new string('a', 4001), "geral"));
        ClientFrame.History[] impossible =
        [
            new("geral", Limit: 0), new("geral", Limit: 501), new("geral", After: -1),
            new("geral", Before: -1), new("geral", After: 1, Before: 3),
        ];
        foreach (var history in impossible) await ExpectAsync(RefusalCode.BadArguments, "geral", history);
        await ExpectAsync(RefusalCode.BadFrame, null, """{"type":"join","id":"x"}""");
        await ExpectAsync(RefusalCode.UnknownType, null, """{"type":"dance","id":"x"}""");
        await ExpectAsync(RefusalCode.FrameTooLong, null, new string('x', 20_000));

        async Task ExpectAsync(string code, string? room, object frame)
        {
            if (frame is ClientFrame known) await ana.SendAsync(known with { Id = "x" });
            else await ana.SendAsync((string)frame);
            var error = await ana.ExpectAsync<DaemonFrame.Error>();
            Assert.AreEqual((code, room), (error.Code, error.Room), $"{frame}");
            Assert.StartsWith(SessionTexts.For(lang, "?").Of(code), error.Text);
            Assert.AreEqual(code == RefusalCode.FrameTooLong ? null : "x", error.Id);
        }
    }

    [TestMethod]
    public async Task ASessionKeepsItsLanguageOnItsNextConnections()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.ConnectAsync("ana");
        var token = (await ana.LoginAsync(new ClientFrame.Login("ana", Rooms: [], Lang: "en"))).Token;

        for (var round = 0; round < 2; round++)
        {
            await using var again = await daemon.ConnectAsync("ana");
            await again.LoginAsync(new ClientFrame.Login(Token: token, Rooms: []));
            var error = await again.AskAsync<DaemonFrame.Error>(new ClientFrame.Leave("geral"));
            Assert.AreEqual(SessionTexts.For("en", "?").Of(RefusalCode.NotInRoom), error.Text);
            await daemon.RestartAsync();
        }
    }

    [TestMethod]
    public async Task BeforeALoginOnlyPingAndLogoutAreAccepted()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.ConnectAsync();

        ClientFrame[] refused =
        [
            new ClientFrame.Join("geral"), new ClientFrame.Leave("geral"), new ClientFrame.Message("a", "geral"),
            new ClientFrame.Message("/ajuda", "geral"), new ClientFrame.Command("ajuda"), new ClientFrame.Commands(),
            new ClientFrame.Complete("/"), new ClientFrame.History("geral"), new ClientFrame.Members("geral"),
        ];
        foreach (var frame in refused)
            Assert.AreEqual(RefusalCode.NotLoggedIn, (await ana.AskAsync<DaemonFrame.Error>(frame)).Code, $"{frame}");
        await ana.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
        Assert.AreEqual(ByeReason.Logout, (await ana.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout())).Reason);
        Assert.AreEqual(Ending.Ended, await ana.ExpectClosedAsync());
    }

    [TestMethod]
    public async Task EveryAnswerCarriesTheIdOfItsRequest()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.ConnectAsync("ana");

        await ana.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login("ana", Rooms: []));
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("a", "geral"));
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("a", To: "ana"));
        await ana.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"));
        await ana.AskAsync<DaemonFrame.History>(new ClientFrame.History(With: "ana"));
        await ana.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"));
        await ana.AskAsync<DaemonFrame.Commands>(new ClientFrame.Commands());
        await ana.AskAsync<DaemonFrame.Completions>(new ClientFrame.Complete("/"));
        await ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        await ana.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
        await ana.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
    }
}
