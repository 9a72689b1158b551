using System.IO.Compression;
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
            Assert.AreEqual(path == page ? "no-cache" : "max-age=31536000, immutable", Header("Cache-Control"), path);
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
        using var current = await Client.GetAsync(Of(daemon, "/app.js"), Stop);
        using var former = await Client.GetAsync(Of(daemon, "/app.js?v=former"), Stop);
        foreach (var answer in (HttpResponseMessage[])[current, former]) Assert.AreEqual("no-cache", $"{answer.Headers.CacheControl}");
        using var head = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Of(daemon, "/app.js")), Stop);
        Assert.AreEqual(HttpStatusCode.OK, head.StatusCode);
        using var other = await Client.GetAsync(Of(daemon, "/nothing.js"), Stop);
        Assert.AreEqual(HttpStatusCode.NotFound, other.StatusCode);
    }

    [TestMethod]
    [DataRow("gzip, deflate, br", true)]
    [DataRow("gzip;q=0", false)]
    [DataRow("br", false)]
    public async Task ScriptsAreCompressedForBrowsersThatSaySo(string accepted, bool isCompressed)
    {
        await using var daemon = await TestDaemon.StartAsync();
        var plain = await Client.GetByteArrayAsync(Of(daemon, "/app.js"), Stop);
        using var request = new HttpRequestMessage(HttpMethod.Get, Of(daemon, "/app.js"));
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var answer = await Client.SendAsync(request, Stop);
        Assert.AreEqual("Accept-Encoding", string.Join(',', answer.Headers.Vary));
        var sent = await answer.Content.ReadAsByteArrayAsync(Stop);
        if (isCompressed)
        {
            Assert.AreEqual("gzip", string.Join(',', answer.Content.Headers.ContentEncoding));
            Assert.IsLessThan(plain.Length / 3, sent.Length);
            using var unzipped = new MemoryStream();
            await using var gzip = new GZipStream(new MemoryStream(sent), CompressionMode.Decompress);
            await gzip.CopyToAsync(unzipped, Stop);
            sent = unzipped.ToArray();
        }
        CollectionAssert.AreEqual(plain, sent);
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
            var bad = path.Contains(".js?", StringComparison.Ordinal)
                ? @"^(import|export) |\bimport\(|(?<!this\.|async )\bfetch\((?!'/session')|'https?:/(?!/www\.w3\.org/2000/svg')|"
                    + @"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\('style'"
                : path == page ? @"<script(?![^>]*src=""/)|<style|\son\w+=|style=|https?:" : @"@import|url\(\s*[""']?https?:";
            Assert.IsFalse(Regex.IsMatch(text, bad, RegexOptions.Multiline), path);
        }
    }

    /// <summary>The page, and everything that it names. A script asks for nothing more.</summary>
    private async Task<IReadOnlyCollection<string>> PathsAsync(TestDaemon daemon, string page)
    {
        var text = await Client.GetStringAsync(Of(daemon, page), Stop);
        List<string> found =
            [page, .. Regex.Matches(text, @"(?:src|href)=""(/[\w./-]+\.\w+\?v=\w+)""").Select(match => match.Groups[1].Value)];
        Assert.HasCount(page == "/" ? 4 : 5, found);
        Assert.HasCount(found.Count - 1, Regex.Matches(text, "(?:src|href)="));
        return found;
    }

    private static Uri Of(TestDaemon daemon, string path) => new($"http://127.0.0.1:{daemon.HttpPort}{path}");
}
