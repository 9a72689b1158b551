using Chat.Protocol;
using Chat.TestKit;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>The promise of the protocol holds at the page: nothing is lost, and nothing is sent twice.</summary>
[TestClass]
public sealed class ReconnectTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task NothingIsLostOrSentTwiceWhenTheConnectionIsCut()
    {
        const int Each = 60;
        var seed = Random.Shared.Next();
        TestContext.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var isCut = false;
        await using var daemon = await TestDaemon.StartAsync();
        await using var proxy = new CuttingProxy(daemon.HttpPort);
        await using var ana = await PageUser.GuestAsync(proxy.Port, "ana");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await ana.ExpectAsync();
        for (var i = 1; i <= Each; i++)
        {
            await ana.SayAsync($"ana {i}");
            await bia.SayAsync("geral", $"bia {i}");
            if (!isCut && (random.Next(8) == 0 || i == Each / 2))
            {
                await proxy.BreakAsync();
                await Assertions.Expect(ana.Page.Locator(".state")).ToBeVisibleAsync();
                isCut = true;
            }
            else if (isCut && random.Next(4) == 0)
            {
                proxy.Target = daemon.HttpPort;
                isCut = false;
                if (random.Next(2) == 0) await Assertions.Expect(ana.Page.Locator(".state")).ToBeHiddenAsync();
            }
        }
        proxy.Target = daemon.HttpPort;
        await Assertions.Expect(ana.Page.Locator("li.pending")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await Assertions.Expect(ana.Texts).ToHaveCountAsync(2 * Each);

        var stored = await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral", Limit: 500));
        var texts = stored.Messages.Select(m => m.Text).ToList();
        foreach (var name in (string[])["ana", "bia"])
        {
            CollectionAssert.AreEqual(
                Enumerable.Range(1, Each).Select(i => $"{name} {i}").ToList(),
                texts.Where(text => text.StartsWith(name, StringComparison.Ordinal)).ToList());
        }
        CollectionAssert.AreEqual(texts, (await ana.Texts.AllInnerTextsAsync()).ToList());
    }

    [TestMethod]
    public async Task WhatIsWrittenWithoutAConnectionIsSentLater()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var proxy = new CuttingProxy(daemon.HttpPort);
        await using var ana = await PageUser.GuestAsync(proxy.Port, "ana");
        await ana.SayAsync("one");
        await ana.ExpectAsync("one");
        await proxy.BreakAsync();
        await Assertions.Expect(ana.Page.Locator(".state")).ToBeVisibleAsync();
        await ana.SayAsync("two");
        await Assertions.Expect(ana.Page.Locator("li.pending .waits")).ToHaveTextAsync("waits for the connection");
        await ana.SayAsync("/help");
        await Assertions.Expect(ana.Page.Locator("li.note.failed")).ToContainTextAsync("unknown");
        proxy.Target = daemon.HttpPort;
        await ana.ExpectAsync("one", "two");
    }

    [TestMethod]
    public async Task ChangesMadeMeanwhileAreSeen()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var proxy = new CuttingProxy(daemon.HttpPort);
        await using var ana = await PageUser.GuestAsync(proxy.Port, "ana");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        for (var i = 1; i <= 3; i++) await bia.SayAsync("geral", $"{i}");
        await ana.ExpectAsync("1", "2", "3");
        await proxy.BreakAsync();
        await bia.AskAsync<DaemonFrame.Change>(new ClientFrame.Edit(1, "um", "geral"));
        await bia.AskAsync<DaemonFrame.Change>(new ClientFrame.Delete(2, "geral"));
        await bia.SayAsync("geral", "4");
        proxy.Target = daemon.HttpPort;
        await ana.ExpectAsync("um (edited)", "Message deleted", "3", "4");
    }
}
