using Chat.TestKit;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>A user who is logged in visits another site, which tries to use the login, the daemon or the page.</summary>
[TestClass]
public sealed class OtherSiteTests
{
    /// <summary>What a script gets of the daemon at <c>origin</c>.</summary>
    private const string Attack = """
        async ([origin, port]) => {
          const answerOf = async (options) => {
            try {
              const answer = await fetch(`${origin}/session`, { method: 'POST', credentials: 'include', ...options });
              return `${answer.type} ${answer.status}`;
            } catch { return 'refused'; }
          };
          const body = JSON.stringify({ user: 'gil', password: 'a long password' });
          const loads = (tag, properties) => new Promise((settle) => {
            const node = Object.assign(document.createElement(tag), properties);
            node.onload = () => settle('loaded');
            node.onerror = () => settle('refused');
            document.body.append(node);
          });
          const socket = (address) => new Promise((settle) => {
            const link = new WebSocket(address, 'chat.v1');
            link.onerror = () => settle('refused');
            link.onmessage = ({ data }) => {
              const frame = JSON.parse(data);
              if (frame.type === 'hello') link.send('{"type":"login","cookie":"tab"}');
              else settle(`${frame.type} ${frame.code}`);
            };
          });
          return JSON.stringify({
            json: await answerOf({ headers: { 'Content-Type': 'application/json' }, body }),
            plain: await answerOf({ mode: 'no-cors', headers: { 'Content-Type': 'text/plain' }, body }),
            script: await loads('script', { src: `${origin}/app.js` }),
            image: await loads('img', { src: `${origin}/icon.svg` }),
            socket: await socket(`${origin.replace('http', 'ws')}/ws`),
            rebound: await socket(`ws://other.example:${port}/ws`),
          });
        }
        """;

    /// <summary>The second is the same site to a browser, which sends the cookie there: only the origin tells them apart.</summary>
    [TestMethod]
    [DataRow("other.example", "refused")]
    [DataRow("127.0.0.1", "error forbidden")]
    public async Task ItReachesNothing(string host, string socket)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort);
        await ana.RegisterAsync("ana");
        await using var site = await OtherSite.StartAsync();
        var other = await ana.Page.Context.NewPageAsync();
        await other.GotoAsync($"http://{host}:{site.Port}/");
        var before = await CookiesAsync(ana);
        var got = await other.EvaluateAsync<string>(Attack, new object[] { $"http://127.0.0.1:{daemon.HttpPort}", daemon.HttpPort });
        Assert.AreEqual(
            $$"""{"json":"refused","plain":"opaque 0","script":"refused","image":"refused","socket":"{{socket}}","rebound":"refused"}""",
            got);
        Assert.AreEqual(before, await CookiesAsync(ana), "It has set or changed a cookie.");
        await ana.SayAsync("still here");
        await ana.ExpectAsync("still here");
    }

    [TestMethod]
    [DataRow("other.example")]
    [DataRow("127.0.0.1")]
    public async Task ItCannotFrameThePage(string host)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort);
        await ana.RegisterAsync("ana");
        await using var site = await OtherSite.StartAsync();
        var other = await ana.Page.Context.NewPageAsync();
        await other.GotoAsync($"http://{host}:{site.Port}/");
        foreach (var path in (string[])["/", "/admin"])
        {
            var address = $"http://127.0.0.1:{daemon.HttpPort}{path}";
            await other.EvaluateAsync("""
                address => new Promise(done => {
                  const frame = Object.assign(document.createElement('iframe'), { src: address, onload: done });
                  document.body.replaceChildren(frame);
                })
                """, address);
            Assert.AreEqual(0, await other.FrameLocator("iframe").Locator("#app").CountAsync(), "It is shown within another page.");
        }
    }

    /// <summary>A name of the attacker's that leads to this machine: the page itself is not served under it.</summary>
    [TestMethod]
    public async Task UnderAnotherNameThereIsNoPage()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort);
        foreach (var path in (string[])["/", "/admin", "/app.js", "/health", "/session"])
        {
            var answer = await ana.Page.GotoAsync($"http://other.example:{daemon.HttpPort}{path}");
            Assert.AreEqual(403, answer!.Status, path);
        }
    }

    private static async Task<string> CookiesAsync(PageUser user) =>
        string.Join('\n', (await user.Page.Context.CookiesAsync()).Select(cookie => $"{cookie.Name} {cookie.Value} {cookie.Domain}"));
}
