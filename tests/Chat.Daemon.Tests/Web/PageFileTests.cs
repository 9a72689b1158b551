using System.Net;
using System.Text.RegularExpressions;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Web;

/// <summary>The page and all that it loads are served by the daemon alone, with headers that let nothing else in.</summary>
[TestClass]
public sealed class PageFileTests
{
    private const int LargestPage = 120 * 1024;

    private static readonly HttpClient Client = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Stop => TestContext.CancellationToken;

    [TestMethod]
    [DataRow("/", LargestPage)]
    [DataRow("/admin", int.MaxValue)]
    public async Task ThePageAndAllThatItLoadsAreStrict(string page, int largest)
    {
        await using var daemon = await TestDaemon.StartAsync();
        var bytes = 0;
        foreach (var path in await PathsAsync(daemon, page))
        {
            using var answer = await Client.GetAsync(Of(daemon, path), Stop);
            Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, path);
            bytes += (await answer.Content.ReadAsByteArrayAsync(Stop)).Length;
            string Header(string name) => string.Join(',', answer.Headers.TryGetValues(name, out var values) ? values : []);
            var policy = Header("Content-Security-Policy");
            foreach (var part in (string[])["default-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"])
                StringAssert.Contains(policy, part);
            Assert.DoesNotContain("unsafe-", policy);
            Assert.DoesNotContain("http", policy);
            Assert.AreEqual("nosniff", Header("X-Content-Type-Options"), path);
            Assert.AreEqual("no-referrer", Header("Referrer-Policy"), path);
            Assert.AreEqual("same-origin", Header("Cross-Origin-Opener-Policy"), path);
            Assert.AreEqual("same-origin", Header("Cross-Origin-Resource-Policy"), path);
            Assert.AreEqual("no-cache", Header("Cache-Control"), path);
            Assert.IsNotNull(answer.Content.Headers.ContentType, path);
        }
        Assert.IsLessThan(largest, bytes);
    }

    [TestMethod]
    public async Task WhatABrowserHasIsNotSentAgain()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var first = await Client.GetAsync(Of(daemon, "/"), Stop);
        using var request = new HttpRequestMessage(HttpMethod.Get, Of(daemon, "/"));
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await Client.SendAsync(request, Stop);
        Assert.AreEqual(HttpStatusCode.NotModified, again.StatusCode);
        Assert.IsTrue(again.Headers.Contains("Content-Security-Policy"));
        using var head = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Of(daemon, "/app.js")), Stop);
        Assert.AreEqual(HttpStatusCode.OK, head.StatusCode);
        using var other = await Client.GetAsync(Of(daemon, "/nothing.js"), Stop);
        Assert.AreEqual(HttpStatusCode.NotFound, other.StatusCode);
    }

    /// <summary>No script or style in the markup, nothing that turns text into markup, and nothing from elsewhere.</summary>
    [TestMethod]
    [DataRow("/")]
    [DataRow("/admin")]
    public async Task TheSourcesKeepToThePolicy(string page)
    {
        await using var daemon = await TestDaemon.StartAsync();
        foreach (var path in await PathsAsync(daemon, page))
        {
            var text = await Client.GetStringAsync(Of(daemon, path), Stop);
            var bad = path.EndsWith(".js", StringComparison.Ordinal)
                ? @"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\('style'|from 'https?:"
                : path == page ? @"<script(?![^>]*src=""/)|<style|\son\w+=|style=|https?:" : @"@import|url\(\s*[""']?https?:";
            Assert.IsFalse(Regex.IsMatch(text, bad), path);
        }
    }

    /// <summary>The page, and everything that it and its scripts name.</summary>
    private async Task<IReadOnlyCollection<string>> PathsAsync(TestDaemon daemon, string page)
    {
        var (found, next) = (new HashSet<string> { page }, new Queue<string>([page]));
        while (next.TryDequeue(out var path))
        {
            var text = await Client.GetStringAsync(Of(daemon, path), Stop);
            foreach (Match match in Regex.Matches(text, @"(?:src|href)=""(/[\w./-]*\w\.\w+)""|(?:from|import) '(\.[\w./-]+)'"))
                if (Resolve(path, match) is var name && found.Add(name)) next.Enqueue(name);
        }
        found.UnionWith(["/Texts.en.json", "/Texts.pt-BR.json"]);
        if (page == "/admin") found.UnionWith(["/admin/Texts.en.json", "/admin/Texts.pt-BR.json"]);
        Assert.IsGreaterThan(15, found.Count);
        return found;
    }

    private static string Resolve(string path, Match match) =>
        match.Groups[1].Success ? match.Groups[1].Value : new Uri(new Uri($"http://page{path}"), match.Groups[2].Value).AbsolutePath;

    private static Uri Of(TestDaemon daemon, string path) => new($"http://127.0.0.1:{daemon.HttpPort}{path}");
}
