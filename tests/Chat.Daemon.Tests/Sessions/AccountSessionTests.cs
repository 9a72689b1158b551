using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Sessions;

[TestClass]
public sealed class AccountSessionTests
{
    private const string Password = "uma senha bem comprida";

    [TestMethod]
    public async Task EachSessionOfAnAccountReceivesEveryMessageOnce()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var desk = await daemon.ConnectAsync("desk");
        await desk.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Register("ana", Password));
        await desk.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
        await using var phone = await daemon.ConnectAsync("phone");
        await phone.LoginAsync(new ClientFrame.Login("ANA", Password, Rooms: ["geral"]));
        await using var bia = await daemon.GuestAsync("bia", "geral");

        await bia.SayAsync("geral", "sala");
        await bia.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("direta", To: "ana"));
        await phone.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("resposta", To: "bia"));
        await phone.SayAsync("geral", "minha");

        foreach (var client in (TestClient[])[desk, phone])
        {
            await client.SettleAsync();
            string[] rest = client == desk ? ["sala", "direta", "resposta", "minha"] : ["sala", "direta"];
            var messages = client.Waiting.Select(w => w.Frame).OfType<DaemonFrame.Message>();
            CollectionAssert.AreEqual(rest, messages.Select(m => m.Text).ToArray());
        }
        Assert.HasCount(2, (await bia.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"))).Entries);
        Assert.AreEqual("resposta", (await bia.ExpectAsync<DaemonFrame.Message>(m => m.To == "bia")).Text);
    }

    [TestMethod]
    public async Task AnAccountFindsTheDirectMessagesSentWhileItWasAway()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using (var ana = await daemon.ConnectAsync("ana"))
        {
            await ana.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Register("ana", Password));
            await ana.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
        }
        await using var bia = await daemon.GuestAsync("bia");
        for (var i = 1; i <= 3; i++) await bia.AskAsync<DaemonFrame.Message>(new ClientFrame.Message($"{i}", To: "ana"));
        await using var caio = await daemon.GuestAsync("caio");
        await caio.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("oi", To: "Ana"));

        await using var back = await daemon.ConnectAsync("ana");
        var welcome = await back.LoginAsync(new ClientFrame.Login("ana", Password, Rooms: []));

        Assert.AreSequenceEqual([("caio", 1), ("bia", 3)], welcome.Direct.Select(direct => (direct.User, direct.Seq)));
        var history = await back.AskAsync<DaemonFrame.History>(new ClientFrame.History(With: "bia", After: 1));
        CollectionAssert.AreEqual((string[])["2", "3"], history.Messages.Select(m => m.Text).ToArray());
        Assert.IsTrue(history.Messages.All(m => m is { From: "bia", To: "ana", Room: null }));
        Assert.IsFalse(history.More);
    }

    [TestMethod]
    public async Task TheAdminKeepsItsRoleInALoginByTokenAfterARestart()
    {
        await using var daemon = await TestDaemon.StartAsync();
        string token;
        await using (var admin = await daemon.ConnectAsync("admin"))
        {
            var welcome = await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword, Rooms: []));
            CollectionAssert.AreEqual((string[])["admin"], welcome.Roles.ToArray());
            token = welcome.Token!;
        }
        await daemon.RestartAsync();
        await using var again = await daemon.ConnectAsync("admin");
        var welcomeBack = await again.LoginAsync(new ClientFrame.Login(Token: token, Rooms: []));
        CollectionAssert.AreEqual((string[])["admin"], welcomeBack.Roles.ToArray());
    }

    [TestMethod]
    public async Task OfManyRegistrationsOfANameAtOnceOneSucceeds()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => daemon.ConnectAsync($"{i}")));

        var answers = await Task.WhenAll(clients.Select(c => c.AskAsync<DaemonFrame>(new ClientFrame.Register("ana", Password))));

        Assert.AreEqual(1, answers.Count(a => a is DaemonFrame.Welcome));
        Assert.AreEqual(5, answers.Count(a => a is DaemonFrame.Error { Code: RefusalCode.NameTaken }));
        foreach (var client in clients) await client.DisposeAsync();
    }
}
