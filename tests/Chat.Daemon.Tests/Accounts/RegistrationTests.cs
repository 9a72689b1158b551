using Chat.Daemon.Configuration;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Accounts;

/// <summary>Registration: who can create an account, and which names and passwords are accepted.</summary>
[TestClass]
public sealed class RegistrationTests
{
    [TestMethod]
    public async Task ARegisteredUserIsLoggedInAndCanLogInAgain()
    {
        await using var users = await TestUsers.StartAsync();
        var ana = await users.ConnectAsync("ana");
        var welcome = await ana.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Register("Ana", "cavalo bateria"));
        Assert.AreEqual(("Ana", "member", 0), (welcome.User, welcome.Roles.Single(), welcome.Rooms.Count));

        Assert.AreEqual("welcome", await users.TryLoginAsync("ANA", "cavalo bateria"));
        Assert.AreEqual("password_required", await users.TryLoginAsync("ana"));
        Assert.AreEqual("wrong_password", await users.TryLoginAsync("ana", "cavalo"));
        Assert.AreEqual("wrong_password", await users.TryLoginAsync("ninguem", "cavalo bateria"));
        Assert.AreEqual("name_taken", await RegisterAsync(users, "aNA", "outra senha"));

        await users.Daemon.RestartAsync();
        Assert.AreEqual("welcome", await users.TryLoginAsync("ana", "cavalo bateria"));
        Assert.AreEqual("welcome", await users.TryLoginAsync("ana", token: welcome.Token));
    }

    [TestMethod]
    public async Task ClosedRegistrationLetsOnlyAnAdminCreateAccounts()
    {
        await using var users = await TestUsers.StartAsync(("Chat:Accounts:Registration", "closed"));
        Assert.AreEqual("forbidden", await RegisterAsync(users, "ana", "cavalo bateria"));

        var admin = await users.AdminAsync();
        await admin.ReplyAsync("/conta criar ana --papel moderador cavalo bateria");

        var ana = await users.ConnectAsync("ana");
        Assert.AreEqual("moderator", (await ana.LoginAsync(new ClientFrame.Login("ana", "cavalo bateria"))).Roles.Single());
    }

    [TestMethod]
    public async Task AnInvitationWorksOnceAndUntilItExpires()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time, ("Chat:Accounts:Registration", "invitation"));
        var admin = await users.AdminAsync();
        var first = CodeIn(await admin.ReplyAsync("/conta convidar 2d"));
        var second = CodeIn(await admin.ReplyAsync("/conta convidar 1h"));

        Assert.AreEqual("forbidden", await RegisterAsync(users, "ana", "cavalo bateria"));
        Assert.AreEqual("forbidden", await RegisterAsync(users, "ana", "cavalo bateria", "0123456789abcdef01234567"));
        Assert.AreEqual("bad_arguments", await RegisterAsync(users, "ana", "oi", first), "a weak password uses no invitation up");
        Assert.AreEqual("welcome", await RegisterAsync(users, "ana", "cavalo bateria", first));
        Assert.AreEqual("forbidden", await RegisterAsync(users, "bia", "cavalo bateria", first));
        time.Advance(TimeSpan.FromHours(2));
        Assert.AreEqual("forbidden", await RegisterAsync(users, "bia", "cavalo bateria", second));
    }

    [TestMethod]
    public async Task InvalidNamesAndPasswordsAreRefused()
    {
        await using var users = await TestUsers.StartAsync();
        string[] names =
            ["", " ", "-ana", "a b", "an\u0430", "ana\u202E", "\uFFFE", new('a', 33), new('a', 5_000), "sistema", "todos"];
        foreach (var name in names)
            Assert.AreEqual("bad_name", await RegisterAsync(users, name, "cavalo bateria"), TextRules.Harmless(name));
        foreach (var password in (string[])["", "abc", "sete567", new('x', 257), new('x', 10_000)])
            Assert.AreEqual("bad_arguments", await RegisterAsync(users, "ana", password), password);
        Assert.AreEqual("name_taken", await RegisterAsync(users, "Admin", "cavalo bateria"));
    }

    [TestMethod]
    public async Task ARefusalSaysHowLongAPasswordMustBe()
    {
        await using var users = await TestUsers.StartAsync();
        var ana = await users.ConnectAsync("ana");
        var refusal = await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Register("ana", "sete567", Lang: "en"));
        Assert.AreEqual(("bad_arguments", "A password needs 8 to 256 characters."), (refusal.Code, refusal.Text));
        Assert.AreEqual("welcome", await RegisterAsync(users, "ana", "çoito678"));

        var admin = await users.AdminAsync();
        foreach (var line in (string[])["/conta criar bia sete567", $"/senha {TestDaemon.AdminPassword} sete567"])
            Assert.AreEqual("A senha precisa ter de 8 a 256 caracteres.", (await admin.RefusalAsync(line)).Text, line);
    }

    [TestMethod]
    public async Task AShorterPasswordThatExistsKeepsWorking()
    {
        using var data = new CommandLine.ScratchFolder();
        var folder = ("Chat:Data:Folder", data.Path);
        await using (var earlier = await TestUsers.StartAsync(folder, ("Chat:Accounts:PasswordMinimum", "4")))
            Assert.AreEqual("welcome", await RegisterAsync(earlier, "ana", "oito"));
        await using var users = await TestUsers.StartAsync(folder);
        Assert.AreEqual("welcome", await users.TryLoginAsync("ana", "oito"));
    }

    [TestMethod]
    [DataRow("\u0001\u0002 \u001b[2J\u0000")]
    [DataRow("\uFFFE\uFFFF\u202E senha")]
    [DataRow("日本語のパスワード 😀")]
    public async Task APasswordCanContainAnyCharacter(string password)
    {
        await using var users = await TestUsers.StartAsync();
        var ana = await users.ConnectAsync("ana");
        var answer = await ana.AskAsync<DaemonFrame>(new ClientFrame.Register("ana", password));
        if (answer is DaemonFrame.Error { Code: "bad_frame" }) return; // no frame may contain this character
        Assert.IsInstanceOfType<DaemonFrame.Welcome>(answer);
        Assert.AreEqual("welcome", await users.TryLoginAsync("ana", password));
        Assert.AreEqual("wrong_password", await users.TryLoginAsync("ana", password + "x"));
    }

    [TestMethod]
    public async Task APasswordMatchesInEveryUnicodeNormalization()
    {
        await using var users = await TestUsers.StartAsync();
        Assert.AreEqual("welcome", await RegisterAsync(users, "ana", "coraçãozinho"));
        Assert.AreEqual("welcome", await users.TryLoginAsync("ana", "corac\u0327a\u0303ozinho"));
    }

    [TestMethod]
    public async Task TheNameOfAConnectedGuestCannotBeRegistered()
    {
        await using var users = await TestUsers.StartAsync();
        await users.EnterAsync("ana");
        Assert.AreEqual("name_taken", await RegisterAsync(users, "ana", "cavalo bateria"));
    }

    private static string CodeIn(DaemonFrame.Reply reply) => reply.Text.Split("convite: ")[1].Split('.')[0];

    private static async Task<string> RegisterAsync(TestUsers users, string user, string password, string? invitation = null)
    {
        var client = await users.ConnectAsync(user);
        var answer = await client.AskAsync<DaemonFrame>(new ClientFrame.Register(user, password, invitation));
        return answer is DaemonFrame.Error error ? error.Code : "welcome";
    }
}
