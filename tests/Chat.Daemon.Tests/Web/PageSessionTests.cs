using System.Net;
using System.Text;
using Chat.Daemon.Tests.Transport;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Web;

/// <summary><c>POST /session</c>, and what its cookie is good for.</summary>
[TestClass]
public sealed class PageSessionTests
{
    private const string Password = "uma senha bem comprida";
    private const string Right = $$"""{"user":"ana","password":"{{Password}}"}""";

    private readonly TestTime time = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Stop => TestContext.CancellationToken;

    [TestMethod]
    public async Task TheCookieIsForThisPageAlone()
    {
        await using var daemon = await StartAsync();
        using var answer = await PostAsync(daemon, Right);
        Assert.AreEqual(HttpStatusCode.NoContent, answer.StatusCode);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        StringAssert.Matches(cookie, new($"^chat-{daemon.HttpPort}=[0-9a-f]{{64}}; max-age=34560000; path=/; samesite=strict; httponly$"));
        using var proxied = await PostAsync(daemon, Right, origin: "https://localhost", host: "localhost", proto: "https");
        Assert.AreEqual(HttpStatusCode.NoContent, proxied.StatusCode);
        StringAssert.Matches(
            proxied.Headers.GetValues("Set-Cookie").Single(),
            new("^__Host-chat=[0-9a-f]{64}; max-age=34560000; path=/; secure; samesite=strict; httponly$"));
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("null")]
    [DataRow("http://127.0.0.1")]
    [DataRow("http://127.0.0.1:1")]
    [DataRow("https://127.0.0.1:PORT")]
    [DataRow("http://localhost:PORT")]
    [DataRow("http://rebound.example")]
    public async Task AnotherOriginGetsNothing(string? origin)
    {
        await using var daemon = await StartAsync();
        var port = $"{daemon.HttpPort}";
        var other = origin?.Replace("PORT", port, StringComparison.Ordinal);
        using var answer = await PostAsync(daemon, Right, other ?? "");
        Assert.AreEqual(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.IsFalse(answer.Headers.Contains("Set-Cookie"));
        var cookie = await CookieAsync(daemon);
        var header = other is null ? "" : $"Origin: {other}\r\n";
        using var socket = await RawWebSocket.AskAsync(daemon.HttpPort, $"{header}Cookie: {cookie}\r\n", $"127.0.0.1:{port}");
        if (socket.Answer.StartsWith("HTTP/1.1 403 ", StringComparison.Ordinal)) return; // not even a WebSocket
        await socket.ReadTextAsync();
        await socket.SendAsync("""{"type":"login","cookie":"tab"}""");
        StringAssert.Contains(await socket.ReadTextAsync(), "\"code\":\"forbidden\"");
    }

    [TestMethod]
    [DataRow("""{"user":"ana","password":"errada"}""", "wrong_password")]
    [DataRow("""{"user":"ninguém","password":"errada"}""", "wrong_password")]
    [DataRow("""{"user":"","password":"errada"}""", "bad_name")]
    [DataRow("""{"user":"ana"}""", "bad_frame")]
    [DataRow("user=ana&password=errada", "bad_frame")]
    [DataRow("[]", "bad_frame")]
    public async Task ARefusalHasItsCode(string body, string code)
    {
        await using var daemon = await StartAsync();
        using var answer = await PostAsync(daemon, body);
        Assert.AreEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
        StringAssert.Contains(await answer.Content.ReadAsStringAsync(Stop), $"\"code\":\"{code}\"");
        Assert.IsFalse(answer.Headers.Contains("Set-Cookie"));
    }

    [TestMethod]
    public async Task TheLimitsOfLoginsHold()
    {
        await using var daemon = await StartAsync(("Chat:Limits:LoginsPerMinute", "3"));
        for (var i = 0; i < 2; i++) (await PostAsync(daemon, Right)).Dispose(); // the registration was the first
        using var answer = await PostAsync(daemon, Right);
        StringAssert.Contains(await answer.Content.ReadAsStringAsync(Stop), "\"code\":\"rate_limited\"");
    }

    [TestMethod]
    public async Task EachTabHasASessionThatItTakesOver()
    {
        await using var daemon = await StartAsync();
        var cookie = await CookieAsync(daemon);
        using var one = await EnterAsync(daemon, cookie, "one");
        using var two = await EnterAsync(daemon, cookie, "two");
        await one.SendAsync("""{"type":"message","room":"geral","text":"oi","id":"m1"}""");
        StringAssert.Contains(await ReadAsync(one, "message"), "\"id\":\"m1\"");
        StringAssert.Contains(await ReadAsync(two, "message"), "\"text\":\"oi\"");
        using var again = await EnterAsync(daemon, cookie, "one");
        Assert.AreEqual("""{"type":"bye","reason":"taken_over"}""", await one.ReadTextAsync());
        await again.SendAsync("""{"type":"message","room":"geral","text":"oi","id":"m1"}""");
        StringAssert.Contains(await ReadAsync(again, "message"), "\"seq\":1,");
        await daemon.RestartAsync();
        using var later = await EnterAsync(daemon, $"chat-{daemon.HttpPort}={cookie.Split('=')[1]}", "one");
    }

    [TestMethod]
    public async Task LogoutEndsAllItsSessionsButNoOthers()
    {
        await using var daemon = await StartAsync();
        var cookie = await CookieAsync(daemon);
        using var one = await EnterAsync(daemon, cookie, "one");
        using var two = await EnterAsync(daemon, cookie, "two");
        await using var program = await daemon.ConnectAsync("program");
        await program.LoginAsync(new ClientFrame.Login("ana", Password));
        await one.SendAsync("""{"type":"logout"}""");
        Assert.AreEqual("""{"type":"bye","reason":"session_ended"}""", await ReadAsync(two, "bye"));
        await ExpectRefusalAsync(daemon, cookie, RefusalCode.BadToken);
        await program.SettleAsync();
    }

    [TestMethod]
    public async Task EndingOneOfItsSessionsEndsTheLogin()
    {
        await using var daemon = await StartAsync();
        var cookie = await CookieAsync(daemon);
        using var tab = await EnterAsync(daemon, cookie, "one");
        using var other = await EnterAsync(daemon, cookie, "two");
        await using var phone = await daemon.ConnectAsync("phone");
        await phone.LoginAsync(new ClientFrame.Login("ana", Password, Rooms: ["geral"]));
        await phone.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message("/sessoes encerrar", "geral"));
        Assert.AreEqual("""{"type":"bye","reason":"session_ended"}""", await ReadAsync(tab, "bye"));
        Assert.AreEqual("""{"type":"bye","reason":"session_ended"}""", await ReadAsync(other, "bye"));
        await ExpectRefusalAsync(daemon, cookie, RefusalCode.BadToken);
    }

    [TestMethod]
    public async Task ANewPasswordKeepsOnlyTheLoginThatSetIt()
    {
        await using var daemon = await StartAsync();
        var (mine, stolen) = (await CookieAsync(daemon), await CookieAsync(daemon));
        using var tab = await EnterAsync(daemon, mine, "one");
        using var sibling = await EnterAsync(daemon, mine, "two");
        using var thief = await EnterAsync(daemon, stolen, "one");
        await tab.SendAsync($$"""{"type":"message","room":"geral","text":"/senha \"{{Password}}\" outra senha comprida"}""");
        await ReadAsync(tab, "reply");
        Assert.AreEqual("""{"type":"bye","reason":"session_ended"}""", await ReadAsync(thief, "bye"));
        await ExpectRefusalAsync(daemon, stolen, RefusalCode.BadToken);
        await sibling.SendAsync("""{"type":"ping"}""");
        await ReadAsync(sibling, "pong");
    }

    [TestMethod]
    public async Task UnusedItEndsAfterThirtyDays()
    {
        await using var daemon = await StartAsync();
        var (used, unused) = (await CookieAsync(daemon), await CookieAsync(daemon));
        for (var i = 0; i < 2; i++)
        {
            time.Advance(TimeSpan.FromDays(20));
            using var tab = await EnterAsync(daemon, used, "one");
        }
        await ExpectRefusalAsync(daemon, unused, RefusalCode.BadToken);
    }

    [TestMethod]
    public async Task AnotherLoginInTheBrowserReplacesIt()
    {
        await using var daemon = await StartAsync();
        var cookie = await CookieAsync(daemon);
        Assert.AreEqual(cookie, await CookieAsync(daemon, cookie), "the same account goes on");
        using var tab = await EnterAsync(daemon, cookie, "one");
        using var answer = await PostAsync(
            daemon, $$"""{"user":"admin","password":"{{TestDaemon.AdminPassword}}"}""", cookie: cookie);
        Assert.AreEqual(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.AreEqual("""{"type":"bye","reason":"session_ended"}""", await ReadAsync(tab, "bye"));
    }

    [TestMethod]
    public async Task TheLineProtocolKnowsNoCookies()
    {
        await using var daemon = await StartAsync();
        await using var client = await daemon.ConnectAsync();
        var refused = await client.AskAsync<DaemonFrame.Error>(new ClientFrame.Login { Cookie = "tab" });
        Assert.AreEqual(RefusalCode.BadArguments, refused.Code);
    }

    private async Task<TestDaemon> StartAsync(params (string Key, string Value)[] settings)
    {
        var daemon = await TestDaemon.StartAsync(null, time, [
            .. settings, ("Chat:Http:TrustedProxies:0", "127.0.0.1"),
            ("Chat:Plugins:PollMilliseconds", "3600000"), // else days that pass in a test are a million looks at the folders
        ]);
        await using var ana = await daemon.ConnectAsync();
        await ana.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Register("ana", Password));
        await ana.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
        return daemon;
    }

    /// <param name="origin">Null for the daemon's own.</param>
    private async Task<HttpResponseMessage> PostAsync(
        TestDaemon daemon, string body, string? origin = null, string? host = null, string? proto = null, string? cookie = null)
    {
        var own = $"127.0.0.1:{daemon.HttpPort}";
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{own}/session"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Host = host ?? own;
        if (origin != "") request.Headers.Add("Origin", origin ?? $"http://{own}");
        if (proto is not null) request.Headers.Add("X-Forwarded-Proto", proto);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        return await client.SendAsync(request, Stop);
    }

    /// <returns>As the browser sends it: name and value.</returns>
    private async Task<string> CookieAsync(TestDaemon daemon, string? old = null)
    {
        using var answer = await PostAsync(daemon, Right, cookie: old);
        Assert.AreEqual(HttpStatusCode.NoContent, answer.StatusCode);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static async Task<RawWebSocket> ConnectAsync(TestDaemon daemon, string cookie)
    {
        var own = $"127.0.0.1:{daemon.HttpPort}";
        var socket = await RawWebSocket.AskAsync(daemon.HttpPort, $"Origin: http://{own}\r\nCookie: {cookie}\r\n", own);
        StringAssert.Contains(await socket.ReadTextAsync(), "\"hello\"");
        return socket;
    }

    private static async Task<RawWebSocket> EnterAsync(TestDaemon daemon, string cookie, string tab)
    {
        var socket = await ConnectAsync(daemon, cookie);
        await socket.SendAsync($$"""{"type":"login","cookie":"{{tab}}","rooms":["geral"]}""");
        var welcome = await socket.ReadTextAsync();
        StringAssert.StartsWith(welcome, """{"type":"welcome","user":"ana",""");
        Assert.DoesNotContain("token", welcome);
        await ReadAsync(socket, "joined");
        return socket;
    }

    private static async Task ExpectRefusalAsync(TestDaemon daemon, string cookie, string code)
    {
        using var socket = await ConnectAsync(daemon, cookie);
        await socket.SendAsync("""{"type":"login","cookie":"one"}""");
        StringAssert.Contains(await socket.ReadTextAsync(), $"\"code\":\"{code}\"");
    }

    private static async Task<string> ReadAsync(RawWebSocket socket, string type)
    {
        string text;
        do text = await socket.ReadTextAsync();
        while (!text.StartsWith($"{{\"type\":\"{type}\"", StringComparison.Ordinal));
        return text;
    }
}
