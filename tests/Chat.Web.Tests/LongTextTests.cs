using Chat.Daemon;
using Chat.Protocol;
using Chat.TestKit;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>No text makes the page slow, or takes the place of all others.</summary>
[TestClass]
public sealed class LongTextTests
{
    /// <summary>How many times longer a text of signs takes than one of letters.</summary>
    private const string Ratio = """
        async ([signs, letters]) => {
          const { render } = await import('/sources/markdown.js');
          const time = (text) => {
            const start = performance.now();
            for (let i = 0; i < 10; i++) render(text, ['ana'], 'ana');
            return performance.now() - start;
          };
          // The quickest of several: other programs take the processor, too.
          const quickest = (text) => Math.min(...Array.from({ length: 7 }, () => time(text)));
          return quickest(signs) / Math.max(0.2, quickest(letters));
        }
        """;

    [TestMethod]
    public async Task AllLinesAreShownWhenAskedFor()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        await using var gil = await daemon.GuestAsync("gil", "geral");
        await gil.SayAsync("geral", $"first{new string('\n', 1_500)}last");
        await gil.SayAsync("geral", $"```\n{string.Join('\n', Enumerable.Range(1, 40))}\n```");
        await Assertions.Expect(ana.Texts).ToHaveCountAsync(2);
        foreach (var text in await ana.Texts.AllAsync())
            Assert.IsLessThan(900, (await text.BoundingBoxAsync())!.Height);
        await Assertions.Expect(ana.Texts.Last.Locator("pre")).ToContainTextAsync("29");
        await Assertions.Expect(ana.Texts.Last).Not.ToContainTextAsync("`");
        var all = ana.Page.GetByRole(AriaRole.Button, new() { Name = "Show all 1501 lines" });
        await all.ClickAsync();
        await Assertions.Expect(ana.Texts.First).ToContainTextAsync("last");
        await gil.AskAsync<DaemonFrame.Change>(new ClientFrame.React(1, "👍", "geral"));
        await Assertions.Expect(ana.Page.Locator(".reactions")).ToBeVisibleAsync();
        await Assertions.Expect(ana.Texts.First).ToContainTextAsync("last");
    }

    [TestMethod]
    [DataRow("http://", '.')]
    [DataRow("@", '.')]
    [DataRow("`", '`')]
    [DataRow("**", '*')]
    public async Task ATextOfNothingButSignsIsDrawnAsFastAsAnother(string start, char sign)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort);
        await ana.Page.RouteAsync("**/sources/*.js", route => route.FulfillAsync(new()
        {
            ContentType = "text/javascript",
            Body = SourceOf(Path.GetFileName(route.Request.Url)),
        }));
        string[] texts = [$"{start}{new string(sign, 3_900)}a", $"{start}{new string('a', 3_900)}a"];
        Assert.IsLessThan(40.0, await ana.Page.EvaluateAsync<double>(Ratio, texts));
    }

    /// <summary>A module by itself, which the daemon serves only as a part of the page's script.</summary>
    private static string SourceOf(string module)
    {
        using var stream = typeof(ChatDaemon).Assembly.GetManifestResourceStream($"Page/{module}")!;
        return new StreamReader(stream).ReadToEnd();
    }

    /// <summary>A letter with hundreds of marks would be as high as the window.</summary>
    [TestMethod]
    public async Task MarksOnALetterCoverNoOtherLine()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        await using var gil = await daemon.GuestAsync("gil" + new string('\u0301', 20), "geral");
        await gil.SayAsync("geral", "a" + new string('\u0301', 500));
        await Assertions.Expect(ana.Texts).ToHaveCountAsync(1);
        foreach (var part in (string[])[".text", ".by strong"])
        {
            var node = ana.Page.Locator($"li.message {part}");
            Assert.AreEqual("clip", await node.EvaluateAsync<string>("node => getComputedStyle(node).overflowY"), part);
        }
    }
}
