using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Accounts;

/// <summary>Sessions, passwords and roles of accounts.</summary>
[TestClass]
public sealed class AccountTests
{
    [TestMethod]
    public async Task EachSessionOfAnAccountReceivesEveryMessage()
    {
        await using var users = await TestUsers.StartAsync();
        var one = await users.EnterAsync("mia", Role.Member);
        var two = await users.EnterAsync("mia", Role.Member);
        var ana = await users.EnterAsync("ana");

        await ana.SayAsync("geral", "oi");
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("psiu", To: "mia"));

        foreach (var session in (TestClient[])[one, two])
        {
            await session.ExpectAsync<DaemonFrame.Message>(m => m.Text == "oi" && m.Room == "geral");
            await session.ExpectAsync<DaemonFrame.Message>(m => m.Text == "psiu" && m.To == "mia");
        }
    }

    [TestMethod]
    public async Task AChangedPasswordEndsTheOtherSessions()
    {
        await using var users = await TestUsers.StartAsync();
        await users.AccountAsync("mia", Role.Member);
        var other = await users.ConnectAsync("other");
        var token = (await other.LoginAsync(new ClientFrame.Login("mia", TestUsers.Password))).Token;
        var mia = await users.EnterAsync("mia", Role.Member);

        Assert.AreEqual("wrong_password", await mia.TypeAsync("/senha errada \"outra senha\""));
        Assert.AreEqual("bad_arguments", await mia.TypeAsync($"/senha \"{TestUsers.Password}\" oi"));
        Assert.AreEqual("Senha trocada.", await mia.TypeAsync($"/senha \"{TestUsers.Password}\" \"outra senha\""));

        Assert.AreEqual("session_ended", (await other.ExpectAsync<DaemonFrame.Bye>()).Reason);
        Assert.AreEqual("bad_token", await users.TryLoginAsync("mia", token: token));
        Assert.AreEqual("wrong_password", await users.TryLoginAsync("mia", TestUsers.Password));
        Assert.AreEqual("welcome", await users.TryLoginAsync("mia", "outra senha"));
        await mia.SayAsync("geral", "ainda aqui");
    }

    [TestMethod]
    public async Task ANewRoleAppliesToOpenSessionsAndAfterARestart()
    {
        await using var users = await TestUsers.StartAsync();
        var (one, two) = (await users.EnterAsync("mia", Role.Member), await users.EnterAsync("mia", Role.Member));
        var admin = await users.AdminAsync();
        Assert.AreEqual("forbidden", await one.TypeAsync("/mute ana 1m"));

        Assert.AreEqual("O papel de mia agora é moderador.", await admin.TypeAsync("/papel mia moderador"));
        var ana = await users.EnterAsync("ana");
        foreach (var session in (TestClient[])[one, two])
            StringAssert.StartsWith(await session.TypeAsync("/mute ana 1m"), "ana não pode escrever");

        await users.Daemon.RestartAsync();
        var again = await users.ConnectAsync("mia");
        Assert.AreEqual("moderator", (await again.LoginAsync(new ClientFrame.Login("mia", TestUsers.Password))).Roles.Single());
        admin = await users.AdminAsync();
        await admin.ReplyAsync("/papel mia membro");
        Assert.AreEqual("forbidden", await again.TypeAsync("/mute ana 1m"));
    }

    [TestMethod]
    public async Task TheLastAdminKeepsItsRole()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        Assert.AreEqual("forbidden", await admin.TypeAsync("/papel admin membro"));
        await users.AccountAsync("ada", Role.Member);
        await admin.ReplyAsync("/papel ada admin");
        await admin.ReplyAsync("/papel admin membro");
        Assert.AreEqual("forbidden", await admin.TypeAsync("/papel admin admin"));
        var ada = await users.EnterAsync("ada", Role.Admin);
        Assert.AreEqual("forbidden", await ada.TypeAsync("/papel ada moderador"));
        await users.EnterAsync("gil");
        Assert.AreEqual("no_such_user", await ada.TypeAsync("/papel gil moderador"));
    }
}
