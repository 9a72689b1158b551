using Chat.Protocol;
using Chat.TestKit;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>What users write stays text, whatever it looks like.</summary>
[TestClass]
public sealed class HostileTextTests
{
    private static readonly string[] Corpus =
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg/onload=alert(1)>",
        "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "{{constructor.constructor('alert(1)')()}}",
        "${alert(1)}",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "**<img src=x onerror=alert(1)>** *<b>x</b>* `<i>x</i>`",
        "user\u202Egnp.exe",
        "\u2066isolated\u2069 \u202Bembedded",
        "שלום hello עולם",
    ];

    [TestMethod]
    public async Task TextsStayText()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        await using var writer = await daemon.GuestAsync("bia", "geral");
        foreach (var text in Corpus) await writer.SayAsync("geral", text);
        await Assertions.Expect(ana.Texts).ToHaveCountAsync(Corpus.Length);
        for (var i = 0; i < Corpus.Length; i++)
        {
            var shown = await ana.Texts.Nth(i).EvaluateAsync<string>("node => node.textContent");
            Assert.AreEqual(i == 12 ? "<img src=x onerror=alert(1)> <b>x</b> <i>x</i>" : Corpus[i], shown);
        }
        Assert.AreEqual(0, await ana.Page.Locator(
            "chat-log :is(script, img, iframe, style, math, b, i, table, a), chat-log [onerror], chat-log [onload]").CountAsync());
        Assert.AreEqual("isolate", await ana.Texts.First.EvaluateAsync<string>("node => getComputedStyle(node).unicodeBidi"));
        await ana.SayAsync(Corpus[1]);
        await Assertions.Expect(ana.Texts.Last).ToHaveTextAsync(Corpus[1]);
    }

    /// <summary>Where an administrator reads what others wrote: topics, reasons, names, and the arguments of refused commands.</summary>
    [TestMethod]
    public async Task TextsStayTextOnTheAdministratorsPage()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var writer = await daemon.ConnectAsync();
        await writer.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword, Rooms: ["geral"]));
        await using var target = await daemon.GuestAsync("עברית", "geral");
        var topics = new List<string>();
        for (var i = 0; i < Corpus.Length; i++)
        {
            await writer.AskAsync<DaemonFrame>(new ClientFrame.Message($"/ban rede 203.0.113.{i} 1h {Corpus[i]}", "geral"));
            await writer.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join($"room{i}"));
            if (await writer.AskAsync<DaemonFrame>(new ClientFrame.Message($"/topico {Corpus[i]}", $"room{i}")) is DaemonFrame.Reply)
                topics.Add(Corpus[i]);
        }
        await using var admin = await PageUser.AdminAsync(daemon.HttpPort, "rooms");
        await AssertShownAsync(admin, topics);
        await ShowAsync(admin, "bans");
        await AssertShownAsync(admin, topics);
        await ShowAsync(admin, "audit");
        await AssertShownAsync(admin, Corpus.Select(text => text.Length > 200 ? text[..200] : text));
        await ShowAsync(admin, "users");
        var name = admin.Page.Locator("td bdi", new() { HasText = "עברית" });
        Assert.AreEqual("isolate", await name.First.EvaluateAsync<string>("node => getComputedStyle(node).unicodeBidi"));
    }

    private static async Task ShowAsync(PageUser admin, string view) =>
        await admin.Page.EvaluateAsync("view => { location.hash = `#/${view}`; }", view);

    private static async Task AssertShownAsync(PageUser admin, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            await admin.Page.WaitForFunctionAsync(
                "text => [...document.querySelectorAll('#view td bdi')].some(node => node.textContent.includes(text))", text);
        }
        Assert.AreEqual(0, await admin.Page.Locator(
            "td :is(script, img, iframe, style, math, b, i, table, svg), td [onerror], td [onload]").CountAsync());
    }

    [TestMethod]
    public async Task LinksLeadOnlyToTheWebAndTellNothing()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        await ana.SayAsync("see https://example.org/a?b=<c>, or http://[::1 and HTTPS://X.example");
        var link = ana.Page.Locator("chat-log a");
        await Assertions.Expect(link).ToHaveAttributeAsync("href", "https://example.org/a?b=");
        await Assertions.Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer nofollow");
    }

    [TestMethod]
    public async Task NamesAreIsolated()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        await using var writer = await daemon.GuestAsync("עברית", "geral");
        await writer.SayAsync("geral", "oi");
        await ana.ExpectAsync("oi");
        Assert.AreEqual("BDI", await ana.Page.Locator("li.message .by strong > *").EvaluateAsync<string>("node => node.tagName"));
    }

    [TestMethod]
    public async Task NoScriptOfAnotherKindRuns()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        Assert.IsTrue(await ana.Page.EvaluateAsync<bool>("""
            () => { try { document.body.innerHTML = '<b>x</b>'; return false; } catch (error) { return error instanceof TypeError; } }
            """), "Trusted Types");
        Assert.IsTrue(await ana.Page.EvaluateAsync<bool>("""
            () => new Promise(done => {
              document.addEventListener('securitypolicyviolation', () => done(true), { once: true });
              const image = document.createElement('img');
              image.src = 'https://example.org/x.png';
              document.body.append(image);
            })
            """), "nothing from other hosts");
    }
}
