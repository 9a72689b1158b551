using System.Net;
using Chat.Daemon.Accounts;
using Chat.Daemon.Tests.Commands;
using Chat.Daemon.Tests.Hooks;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Web;

/// <summary>Routes that ask for a login: the daemon checks it before the plugin is called.</summary>
[TestClass]
public sealed class RouteAccessTests
{
    [TestMethod]
    public async Task ATokenOfAnAccountOpensTheRoutesOfItsRole()
    {
        await using var daemon = await PluginDaemon.WithAsync("Porter");
        using var web = new RouteVisitor(daemon.Users.Daemon);
        var (ana, admin) = (await TokenAsync(daemon, "ana", Role.Member), await TokenAsync(daemon, "admin", Role.Admin));
        var id = await daemon.Users.AccountIdAsync("ana");
        Assert.AreEqual($"200 a{id} ana", await web.TellAsync("porter/members", Bearer(ana)));
        Assert.AreEqual("403 forbidden", await web.TellAsync("porter/admins", Bearer(ana)));
        Assert.AreEqual("200 admin", await web.TellAsync("porter/admins", Bearer(admin)));
        Assert.AreEqual("401 not_logged_in", await web.TellAsync("porter/members"));
        Assert.AreEqual("401 bad_token", await web.TellAsync("porter/members", Bearer(await TokenAsync(daemon, "zé", Role.Guest))));
        Assert.AreEqual("401 bad_token", await web.TellAsync("porter/members", Bearer(new('0', 64))));
        using var post = await web.AskAsync(HttpMethod.Post, "porter/members", "oi", Bearer(ana));
        Assert.AreEqual("200 ana oi", await RouteVisitor.ShowAsync(post));
    }

    [TestMethod]
    public async Task TheCookieOpensThemForThePageAlone()
    {
        await using var daemon = await PluginDaemon.WithAsync("Porter");
        await daemon.Users.AccountAsync("ana", Role.Member);
        using var web = new RouteVisitor(daemon.Users.Daemon);
        var cookie = ("Cookie", await web.LogInAsync("ana", TestUsers.Password));
        Assert.EndsWith(" ana", await web.TellAsync("porter/members", cookie));
        Assert.EndsWith(" ana", await web.TellAsync("porter/members", cookie, ("Sec-Fetch-Site", "same-origin")));
        foreach (var site in new[] { "cross-site", "same-site" }) // the latter: another port of this machine
            Assert.AreEqual("401 not_logged_in", await web.TellAsync("porter/members", cookie, ("Sec-Fetch-Site", site)));
        Assert.AreEqual("401 bad_token", await web.TellAsync("porter/members", ("Cookie", cookie.Item2.Split('=')[0] + "=0123")));
        using var own = await web.AskAsync(HttpMethod.Post, "porter/members", "oi", cookie, ("Origin", $"http://{web.Own}"));
        Assert.AreEqual("200 ana oi", await RouteVisitor.ShowAsync(own));
        using var other = await web.AskAsync(HttpMethod.Post, "porter/members", "oi", cookie, ("Origin", "http://localhost:1"));
        Assert.AreEqual("401 not_logged_in", await RouteVisitor.ShowAsync(other));
        using var none = await web.AskAsync(HttpMethod.Post, "porter/members", "oi", cookie);
        Assert.AreEqual("401 not_logged_in", await RouteVisitor.ShowAsync(none));
    }

    [TestMethod]
    public async Task AnEndedLoginAndABanCloseThem()
    {
        await using var daemon = await PluginDaemon.WithAsync("Porter");
        using var web = new RouteVisitor(daemon.Users.Daemon);
        var admin = await daemon.EnterAsync("admin", Role.Admin);
        var ana = await daemon.EnterAsync("ana", Role.Member);
        var token = await TokenAsync(daemon, "ana", Role.Member);
        await ana.ReplyAsync("/sessoes encerrar");
        Assert.AreEqual("401 bad_token", await web.TellAsync("porter/members", Bearer(token)));
        token = await TokenAsync(daemon, "ana", Role.Member);
        await admin.ReplyAsync("/ban ana 1h");
        StringAssert.Matches(await web.TellAsync("porter/members", Bearer(token)), new("^(403 banned|401 bad_token)$"));
        Assert.AreEqual("200 v0000", await web.TellAsync("porter/version"));
    }

    [TestMethod]
    [DataRow("public, max-age=60", "no-cache, private")]
    [DataRow("max-age=60", "no-cache, private")]
    [DataRow("Private,max-age=60", "max-age=60, private")]
    [DataRow("no-store", "no-store")]
    public async Task NoSharedCacheKeepsWhatIsForOneUser(string asked, string sent)
    {
        await using var daemon = await PluginDaemon.WithAsync("Porter");
        using var web = new RouteVisitor(daemon.Users.Daemon);
        var ana = await TokenAsync(daemon, "ana", Role.Member);
        using var card = await web.AskAsync(
            HttpMethod.Get, $"porter/members/card?cache={Uri.EscapeDataString(asked)}", null, Bearer(ana));
        Assert.AreEqual("200 ana", await RouteVisitor.ShowAsync(card));
        Assert.AreEqual(sent, card.Headers.CacheControl?.ToString());
    }

    [TestMethod]
    public async Task WrongTokensCountAsLogins()
    {
        var (users, folder) = await TestUsers.WithPluginAsync("Porter", null, ("Chat:Limits:LoginsPerMinute", "3"));
        await using var running = users;
        using var web = new RouteVisitor(users.Daemon);
        for (var i = 0; i < 3; i++) Assert.AreEqual("401 bad_token", await web.TellAsync("porter/members", Bearer("x")));
        Assert.AreEqual("429 rate_limited", await web.TellAsync("porter/members", Bearer("x")));
        folder.Delete(recursive: true);
    }

    [TestMethod]
    public async Task TheOperatorClosesAndOpensRoutes()
    {
        var (users, folder) = await TestUsers.WithPluginAsync(
            "Porter", null, ("Chat:Roles:admin:0", "-route.porter.version"), ("Chat:Roles:guest:0", "porter.rule"));
        await using var running = users;
        using var web = new RouteVisitor(users.Daemon);
        Assert.AreEqual("401 not_logged_in", await web.TellAsync("porter/version"));
        Assert.AreEqual("200 oi", await web.TellAsync("porter/echo/oi"));
        var admin = await users.AdminAsync();
        await admin.ReplyAsync("/permission set route.porter.echo.word moderator");
        Assert.AreEqual("401 not_logged_in", await web.TellAsync("porter/echo/oi"));
        folder.Delete(recursive: true);
    }

    private static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");

    private static async Task<string> TokenAsync(PluginDaemon daemon, string name, Role role)
    {
        if (role is not Role.Guest && name != "admin"
            && await daemon.Users.Daemon.Get<Credentials>().FindAsync(TestUsers.Name(name), CancellationToken.None) is null)
        {
            await daemon.Users.AccountAsync(name, role);
        }
        var client = await daemon.Users.ConnectAsync(name);
        return (await client.LoginAsync(new ClientFrame.Login(name, TestUsers.PasswordOf(name, role), Rooms: []))).Token!;
    }
}
