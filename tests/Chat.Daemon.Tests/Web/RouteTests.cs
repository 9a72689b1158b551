using System.Net;
using System.Text.Json.Nodes;
using Chat.Daemon.Tests.Commands;
using Chat.Daemon.Tests.Hooks;
using Chat.Daemon.Tests.Transport;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Web;

/// <summary>HTTP requests that plugins answer, under <c>/p/</c>.</summary>
[TestClass]
public sealed class RouteTests
{
    /// <summary>Of the form of a session's.</summary>
    private static readonly string Token = new('a', 64);

    [TestMethod]
    public async Task ARequestReachesThePluginAsCopiesWithoutItsSecrets()
    {
        await using var daemon = await PluginDaemon.WithAsync("Porter");
        using var web = new RouteVisitor(daemon.Users.Daemon);
        using var answer = await web.AskAsync(
            HttpMethod.Post, "PORTER/echo/ol%C3%A1%2F?a=1&a=2&b=%26", "corpo",
            ("Cookie", "chat=1"), ("Authorization", $"Bearer {Token}"), ("X-Forwarded-For", "8.8.8.8"), ("X-Own", "sim"));
        var seen = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.AreEqual(
            ("POST", "echo/olá%2F", "olá%2F", """{"a":"1","b":"\u0026"}""", "corpo", "127.0.0.1", null),
            ((string?)seen["method"], (string?)seen["path"], (string?)seen["word"], seen["query"]!.ToJsonString(), (string?)seen["text"],
                (string?)seen["address"], (string?)seen["user"]));
        var headers = seen["headers"]!.AsObject().Select(header => header.Key).Order(StringComparer.Ordinal);
        Assert.AreEqual("Content-Length Content-Type Host X-Own", string.Join(' ', headers));
    }

    [TestMethod]
    [DataRow("porter/version", "200 v0000")]
    [DataRow("porter", "200 <h1>porter</h1>")]
    [DataRow("porter/echo/oi", "200 oi")]
    [DataRow("porter/echo/nothing", "204")]
    [DataRow("porter/", "200 <h1>porter</h1>")]
    [DataRow("porter/echo", "404 no_such_route")]
    [DataRow("porter/echo/", "404 no_such_route")]
    [DataRow("porter/echo/a/b", "404 no_such_route")]
    [DataRow("porter/echo/%0A", "404 no_such_route")]
    [DataRow("porter/VERSION", "404 no_such_route")]
    [DataRow("nobody/version", "404 no_such_route")]
    [DataRow("", "404 no_such_route")]
    [DataRow("porter/small", "405 bad_method")]
    [DataRow("porter/refuses", "429 rate_limited")]
    [DataRow("porter/waits", "504 timeout")]
    [DataRow("porter/answers/own", "409 own_code")]
    [DataRow("porter/answers/moved", "303")]
    [DataRow("porter/answers/unchanged", "304")]
    public async Task APathIsAnsweredByItsRoute(string path, string expected)
    {
        await using var daemon = await PluginDaemon.WithAsync("Porter");
        using var web = new RouteVisitor(daemon.Users.Daemon);
        Assert.AreEqual(expected, await web.TellAsync(path));
        using var answer = await web.AskAsync(HttpMethod.Get, path);
        if (expected.StartsWith("405", StringComparison.Ordinal)) Assert.AreEqual("PUT", string.Join(' ', answer.Content.Headers.Allow));
        if (expected.StartsWith("429", StringComparison.Ordinal)) Assert.AreEqual("2", answer.Headers.GetValues("Retry-After").Single());
    }

    [TestMethod]
    public async Task AnAnswerIsAPageOfNobody()
    {
        await using var daemon = await PluginDaemon.WithAsync("Porter");
        using var web = new RouteVisitor(daemon.Users.Daemon);
        foreach (var (path, cache) in new[] { ("porter", "max-age=60"), ("porter/none", "no-store"), ("porter/echo/a", "no-store") })
        {
            using var answer = await web.AskAsync(HttpMethod.Get, path);
            var headers = answer.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
            Assert.StartsWith("sandbox; default-src 'none'; ", headers["Content-Security-Policy"]);
            Assert.DoesNotContain("allow-", headers["Content-Security-Policy"]);
            Assert.DoesNotContain("script", headers["Content-Security-Policy"]);
            Assert.AreEqual(
                ("nosniff", "no-referrer", "same-origin", cache),
                (headers["X-Content-Type-Options"], headers["Referrer-Policy"], headers["Cross-Origin-Resource-Policy"],
                    headers["Cache-Control"]));
        }
        using var head = await web.AskAsync(HttpMethod.Head, "porter");
        Assert.AreEqual((HttpStatusCode.OK, 15L, "\"1\""), (head.StatusCode, head.Content.Headers.ContentLength, $"{head.Headers.ETag}"));
    }

    [TestMethod]
    [DataRow("cookie", "The header Set-Cookie is none of those")]
    [DataRow("cors", "The header Access-Control-Allow-Origin is none of those")]
    [DataRow("split", "The value of the header Location is not printable ASCII")]
    [DataRow("script", "A route may not answer with text/javascript")]
    [DataRow("style", "A route may not answer with text/css")]
    [DataRow("parts", "A route may not answer with multipart/x-mixed-replace")]
    [DataRow("type", "The content type is not a media type")]
    [DataRow("status", "The status 101 is not between 200 and 599")]
    [DataRow("large", "The body has 1048577 bytes; 1048576 are allowed")]
    [DataRow("none", "The route returned null")]
    public async Task AnAnswerThatBreaksARuleIsNotSent(string kind, string reason)
    {
        await using var daemon = await PluginDaemon.WithAsync("Porter");
        using var web = new RouteVisitor(daemon.Users.Daemon);
        using var answer = await web.AskAsync(HttpMethod.Get, $"porter/answers/{kind}");
        Assert.AreEqual("500 route_failed", await RouteVisitor.ShowAsync(answer));
        Assert.IsFalse(answer.Headers.Contains("Set-Cookie") || answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Contains(reason, await daemon.Log.LineAsync(l => l.Contains("Route failed: GET answers/{kind}", StringComparison.Ordinal)));
        Assert.HasCount(1 << 20, await (await web.AskAsync(HttpMethod.Get, "porter/answers/largest")).Content.ReadAsByteArrayAsync());
    }

    [TestMethod]
    public async Task NoPartOfARequestIsLogged()
    {
        await using var daemon = await PluginDaemon.WithAsync("Porter");
        using var web = new RouteVisitor(daemon.Users.Daemon);
        Assert.AreEqual("500 route_failed", await web.TellAsync("porter/breaks/segredo?chave=outro"));
        var line = await daemon.Log.LineAsync(
            l => l.Contains("Route failed: GET breaks/{secret} of plugin porter", StringComparison.Ordinal));
        Assert.Contains("the plate fell: 7", line);
        // The web server's own lines below warnings are not logged: see nlog.config.
        foreach (var logged in daemon.Log.Lines.Where(l => !l.StartsWith("Information Microsoft.", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain("segredo", logged);
            Assert.DoesNotContain("outro", logged);
        }
        var metrics = await daemon.MetricsAsync();
        Assert.Contains("""chat_route_calls_total{plugin="porter",hook="GET breaks/{secret}",outcome="failed"} 1""", metrics);
    }

    [TestMethod]
    public async Task ABodyIsBounded()
    {
        await using var daemon = await PluginDaemon.WithAsync("Porter");
        using var web = new RouteVisitor(daemon.Users.Daemon);
        using var fits = await web.AskAsync(HttpMethod.Put, "porter/small", "0123456789");
        using var large = await web.AskAsync(HttpMethod.Put, "porter/small", "0123456789a");
        Assert.AreEqual("200 10, 413 body_too_large", $"{await RouteVisitor.ShowAsync(fits)}, {await RouteVisitor.ShowAsync(large)}");
        var chunks = await RawHttp.AskAsync(
            daemon.Users.Daemon,
            $"PUT /p/porter/small HTTP/1.1\r\nHost: {web.Own}\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n0123456789a\r\n0\r\n\r\n");
        StringAssert.StartsWith(chunks, "HTTP/1.1 413 ");
    }

    [TestMethod]
    public async Task ABodyThatDoesNotArriveIsGivenUp()
    {
        var time = new TestTime();
        var folder = Directory.CreateTempSubdirectory("chat-drop-");
        TestUsers.Drop("Porter", folder.FullName);
        await using (var daemon = await TestDaemon.StartAsync(null, time, ("Chat:Plugins:Folders:0", folder.FullName)))
        {
            var asked = RawHttp.AskAsync(
                daemon, $"PUT /p/porter/small HTTP/1.1\r\nHost: 127.0.0.1:{daemon.HttpPort}\r\nContent-Length: 5\r\n\r\n0123");
            while (!asked.IsCompleted)
            {
                time.Advance(TimeSpan.FromSeconds(1)); // perhaps before the request is read
                await Task.Yield();
            }
            StringAssert.StartsWith(await asked, "HTTP/1.1 408 ");
        }
        folder.Delete(recursive: true);
    }

    [TestMethod]
    public async Task WhoeverIsGoneIsNotWorkedFor()
    {
        await using var daemon = await PluginDaemon.WithAsync("Porter");
        using (var web = new RouteVisitor(daemon.Users.Daemon))
        {
            var asked = web.AskAsync(HttpMethod.Get, "porter/lingers");
            await daemon.Log.LineAsync(l => l.Contains("A visitor stays", StringComparison.Ordinal));
            web.Dispose();
            await Assert.ThrowsAsync<Exception>(() => asked);
        }
        await daemon.Log.LineAsync(l => l.Contains("The visitor is gone", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task AnAddressAsksForAFewThingsAtOnce()
    {
        await using var daemon = await PluginDaemon.WithAsync("Porter");
        using var web = new RouteVisitor(daemon.Users.Daemon);
        var lingering = Enumerable.Range(0, 15).Select(_ => web.AskAsync(HttpMethod.Get, "porter/lingers")).ToList<Task>();
        string answer;
        do
        {
            lingering.Add(web.AskAsync(HttpMethod.Get, "porter/lingers")); // the look before may have taken the place of one
            answer = await web.TellAsync("porter/version");
        }
        while (answer != "503 busy");
        using (var page = new HttpClient()) Assert.Contains("ok", await page.GetStringAsync(new Uri($"http://{web.Own}/health")));
        web.Dispose();
        await Task.WhenAll(lingering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var later = new RouteVisitor(daemon.Users.Daemon);
        do answer = await later.TellAsync("porter/version");
        while (answer == "503 busy");
        Assert.AreEqual("200 v0000", answer);
    }
}
