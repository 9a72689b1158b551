using Chat.Daemon.Accounts;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Storage.Stores;
using Chat.Daemon.Tests.CommandLine;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;
using Chat.Testing;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Tests.Sessions;

/// <summary>Nobody takes a name that looks like another's. Names that exist stay valid.</summary>
[TestClass]
public sealed class LookAlikeNameTests
{
    private const string Password = "cavalo bateria";

    [TestMethod]
    [DataRow("ａｄｍｉｎ", "bad_name")]
    [DataRow("𝐚𝐝𝐦𝐢𝐧", "bad_name")]
    [DataRow("mª", "bad_name")]
    [DataRow("admın", "name_taken")]
    [DataRow("аԁміп", "name_taken")]
    [DataRow("ѕуѕтем", "name_taken")]
    [DataRow("ꓮDMIN", "name_taken")]
    [DataRow("ᴀᴅᴍɪɴ", "name_taken")]
    public async Task NobodyLooksLikeAReservedName(string name, string refusal)
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        Assert.AreEqual(refusal, await users.TryLoginAsync(name));
        Assert.AreEqual(refusal, await RegisterAsync(users, name));
        Assert.AreEqual(refusal, await admin.TypeAsync($"/conta criar {name} {Password}"));
        Assert.AreEqual(refusal, await JoinAsync(admin, name));
        Assert.AreEqual(refusal, await admin.TypeAsync($"/privada {name}"));
        Assert.AreEqual("wrong_password", await users.TryLoginAsync(name.Normalize(), Password), "as for every name without an account");
    }

    [TestMethod]
    public async Task NobodyLooksLikeAnAccount()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        Assert.AreEqual("welcome", await RegisterAsync(users, "Rosa"));
        foreach (var like in (string[])["rоsa", "Rοsa", "Rosɑ", "roƽa", "R0SA", "ROꓢA"])
        {
            var refusal = UserName.TryParse(like, out _) ? "name_taken" : "bad_name"; // mixed
            Assert.AreEqual(refusal, await users.TryLoginAsync(like), like);
            Assert.AreEqual(refusal, await RegisterAsync(users, like), like);
            Assert.AreEqual(refusal, await admin.TypeAsync($"/conta criar {like} {Password}"), like);
        }
        Assert.AreEqual("password_required", await users.TryLoginAsync("ROSA"));
        Assert.AreEqual("welcome", await users.TryLoginAsync("rosa", Password));
        Assert.AreEqual("welcome", await users.TryLoginAsync("rosana"));
    }

    [TestMethod]
    public async Task NobodyLooksLikeAGuestWhoIsThere()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time);
        var rosa = await users.EnterAsync("rosa");
        Assert.AreEqual("name_taken", await users.TryLoginAsync("rosɑ"));
        Assert.AreEqual("name_taken", await RegisterAsync(users, "rosɑ"));
        Assert.AreEqual("no_such_user", Typing.Outcome(await rosa.AskAsync<DaemonFrame>(new ClientFrame.Message("oi", To: "rosɑ"))),
            "the look-alike is nobody");

        await rosa.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
        Assert.AreEqual("welcome", await users.TryLoginAsync("rosɑ"));
        Assert.AreEqual("name_taken", await users.TryLoginAsync("rosa"));
    }

    [TestMethod]
    public async Task ATokenDoesNotBringALookAlikeBack()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time);
        var (first, second) = (await LostGuestAsync(users, "rosɑ"), await LostGuestAsync(users, "b1a"));
        time.Advance(SessionRegistry.HoldTime + TimeSpan.FromSeconds(2));
        await users.EnterAsync("rosa");
        Assert.AreEqual("welcome", await RegisterAsync(users, "bla"));
        Assert.AreEqual("name_taken", await users.TryLoginAsync("rosɑ", token: first));
        Assert.AreEqual("name_taken", await users.TryLoginAsync("b1a", token: second));
        await users.Daemon.RestartAsync();
        Assert.AreEqual("name_taken", await users.TryLoginAsync("rosɑ", token: first), "the guest's name is held over a restart");
    }

    [TestMethod]
    public async Task OfLookAlikesAtTheSameTimeOneComesIn()
    {
        await using var users = await TestUsers.StartAsync();
        string[] names = ["rosa", "rosɑ", "r0sa", "roƽa", "rоѕа", "ROSA"];
        var guests = await Task.WhenAll(names.Where(n => UserName.TryParse(n, out _)).Select(n => users.TryLoginAsync(n)));
        Assert.HasCount(1, guests.Where(outcome => outcome == "welcome").ToList(), string.Join(' ', guests));
        string[] accounts = ["caca", "cacɑ", "ⅽaca", "CACA", "саса"];
        var made = await Task.WhenAll(accounts.Select(n => RegisterAsync(users, n)));
        Assert.HasCount(1, made.Where(outcome => outcome == "welcome").ToList(), string.Join(' ', made));
        var ana = await users.EnterAsync("ana");
        var joined = await Task.WhenAll(accounts.Select(n => JoinAsync(ana, n)));
        Assert.IsLessThanOrEqualTo(2, joined.Count(outcome => outcome == "joined"), string.Join(' ', joined)); // caca is CACA
    }

    [TestMethod]
    public async Task NoRoomLooksLikeAnother()
    {
        await using var users = await TestUsers.StartAsync();
        var (ana, bia) = (await users.EnterAsync("ana"), await users.EnterAsync("bia", Role.Member));
        Assert.AreEqual("joined", await JoinAsync(ana, "planos"));
        Assert.AreEqual("name_taken", await JoinAsync(ana, "p1anos"));
        Assert.AreEqual("name_taken", await JoinAsync(ana, "plɑnos"));
        Assert.AreEqual("bad_name", await JoinAsync(ana, "ｐlanos"));
        Assert.AreEqual("name_taken", await bia.TypeAsync("/privada planoꜱ"));
        Assert.AreEqual("joined", await JoinAsync(bia, "PLANOS"));
        Assert.AreEqual("joined", await JoinAsync(ana, "plano"));
        Assert.AreEqual("Sala privada segredo criada.", (await bia.TypeAsync("/privada segredo"))[..28]);
        Assert.AreEqual("name_taken", await JoinAsync(ana, "segred0"));
    }

    [TestMethod]
    public async Task TheDefaultRoomAlwaysOpens()
    {
        using var data = new ScratchFolder();
        (string, string)[] Settings(string room) => [("Chat:Data:Folder", data.Path), ("Chat:Rooms:Default", room)];
        await using (var users = await TestUsers.StartAsync(Settings("sala")))
        {
            var ana = await users.ConnectAsync("ana");
            await ana.LoginAsync(new ClientFrame.Login("ana", Rooms: []));
            Assert.AreEqual("name_taken", await JoinAsync(ana, "sa1a"), "the default room exists before anybody is in it");
            Assert.AreEqual("joined", await JoinAsync(ana, "outra"));
        }
        foreach (var (guest, room) in (IEnumerable<(string, string)>)[("bia", "0utra"), ("caio", "t0dos"), ("duda", "ｓala")])
        {
            await using var users = await TestUsers.StartAsync(Settings(room));
            await users.EnterAsync(guest, room: room);
        }
    }

    [TestMethod]
    public async Task NamesThatExistStayValid()
    {
        using var data = new ScratchFolder();
        string[] names = ["ana", "ɑna", "ａｎａ", "admın", "ѕуѕтем"], rooms = ["geral", "ɡeral", "ｇeral", "t0dos"];
        await CreateOldDatabaseAsync(data.Path, names, rooms);
        await using var users = await TestUsers.StartAsync(("Chat:Data:Folder", data.Path));
        var admin = await users.AdminAsync();
        foreach (var name in names)
        {
            Assert.AreEqual("welcome", await users.TryLoginAsync(name, Password), name);
            Assert.AreEqual("password_required", await users.TryLoginAsync(name), name);
            Assert.AreEqual("oi", (await admin.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("oi", To: name))).Text);
        }
        foreach (var room in rooms)
            Assert.AreEqual("joined", await JoinAsync(admin, room), room);
        Assert.AreEqual("name_taken", await users.TryLoginAsync("an\u0251"), "another spelling of an account");
        Assert.AreEqual("name_taken", await users.TryLoginAsync("ꓮna"));
        Assert.AreEqual("name_taken", await JoinAsync(admin, "geraꓡ"));
    }

    [TestMethod]
    public async Task AdminIsCreatedWhateverLooksLikeIt()
    {
        using var data = new ScratchFolder();
        await CreateOldDatabaseAsync(data.Path, accounts: ["admın", "аԁміп"], rooms: []);
        await using var users = await TestUsers.StartAsync(("Chat:Data:Folder", data.Path));
        Assert.AreEqual("welcome", await users.TryLoginAsync("admin", TestDaemon.AdminPassword));
        Assert.AreEqual("password_required", await users.TryLoginAsync("admin"));
    }

    [TestMethod]
    public void OfHeldLookAlikesTheEarlierIsReleased()
    {
        var registry = new SessionRegistry(new TestTime());
        registry.Hold(TestUsers.Name("rosa"), 1, 1_000);
        registry.Hold(TestUsers.Name("rosɑ"), 2, 2_000);
        Assert.AreEqual(new SessionMark(1, 1_000, Held: false), registry.DropExpired().Single());
    }

    private static async Task<string> RegisterAsync(TestUsers users, string name)
    {
        var client = await users.ConnectAsync(name);
        var answer = await client.AskAsync<DaemonFrame>(new ClientFrame.Register(name, Password));
        return answer is DaemonFrame.Welcome ? "welcome" : Typing.Outcome(answer);
    }

    private static async Task<string> JoinAsync(TestClient client, string room)
    {
        var answer = await client.AskAsync<DaemonFrame>(new ClientFrame.Join(room));
        return answer is DaemonFrame.Joined ? "joined" : Typing.Outcome(answer);
    }

    /// <summary>The token of a guest who has closed the connection without a logout.</summary>
    private static async Task<string> LostGuestAsync(TestUsers users, string name)
    {
        var guest = await users.ConnectAsync(name);
        var token = (await guest.LoginAsync(new ClientFrame.Login(name, Rooms: []))).Token;
        guest.ShutdownSend();
        await guest.Closed.WaitAsync(Wait.Limit);
        return token!;
    }

    /// <summary>A database of the version before look-alikes were refused.</summary>
    private static async Task CreateOldDatabaseAsync(string folder, string[] accounts, string[] rooms)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, DatabaseFile.Name);
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        Schema.Migrate(connection, path, target: 8);
        using var hasher = new PasswordHasher();
        var hash = await hasher.HashAsync(Password, CancellationToken.None);
        foreach (var name in accounts)
        {
            Sql.Execute(
                connection, "INSERT INTO accounts(name, name_key, role, password, created_at) VALUES ($name, $key, 1, $hash, 0)",
                ("$name", name), ("$key", TestUsers.Name(name).Key), ("$hash", hash));
        }
        foreach (var name in rooms)
        {
            Sql.Execute(
                connection,
                """
                INSERT INTO conversations(kind, name_key, name, created_at, creator, topic) VALUES ('room', $key, $name, 0, 'a1', 'uso')
                """,
                ("$name", name), ("$key", TestUsers.Name(name).Key));
        }
    }
}
