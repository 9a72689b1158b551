using Chat.TestKit;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>Whoever reads or clicks while messages come is not disturbed by them, and misses none.</summary>
[TestClass]
public sealed class BusyRoomTests
{
    /// <summary>The numbers of the messages in the document.</summary>
    private const string Numbers = "[...document.querySelectorAll('li.message')].map(node => Number(node.dataset.seq))";

    [TestMethod]
    public async Task NoneIsMissingInARoomThatIsOpenedWhileTheyCome()
    {
        const int Count = 240;
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort);
        await bia.SayAsync("geral", "1");
        var writing = Task.Run(async () =>
        {
            for (var i = 2; i <= Count; i++) await bia.SayAsync("geral", $"{i}");
        });
        await ana.LoginAsync("ana");
        await writing;
        await Assertions.Expect(ana.Texts.Last).ToHaveTextAsync($"{Count}");
        var numbers = await ana.Page.EvaluateAsync<int[]>(Numbers);
        CollectionAssert.AreEqual(Enumerable.Range(numbers[0], Count - numbers[0] + 1).ToList(), numbers);
    }

    [TestMethod]
    public async Task WhoReadsFurtherUpStaysThereAndComesBackToAllOfThem()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = await daemon.GuestAsync("bia", "geral");
        for (var i = 1; i <= 300; i++) await bia.SayAsync("geral", $"{i}");
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        await Assertions.Expect(ana.Texts.Last).ToHaveTextAsync("300");
        await ana.Messages.First.ScrollIntoViewIfNeededAsync();
        var read = ana.Page.Locator("li.message[data-seq='230']");
        await Assertions.Expect(read).ToBeAttachedAsync();
        await read.ScrollIntoViewIfNeededAsync();
        var before = await read.BoundingBoxAsync();
        for (var i = 301; i <= 600; i++) await bia.SayAsync("geral", $"{i}");
        await Assertions.Expect(ana.Page.Locator("button.latest")).ToContainTextAsync("300");
        Assert.AreEqual(before!.Y, (await read.BoundingBoxAsync())!.Y, 1, "It has moved.");
        await ana.Page.Locator("button.latest").ClickAsync();
        await Assertions.Expect(ana.Texts.Last).ToHaveTextAsync("600");
        await bia.SayAsync("geral", "601");
        await Assertions.Expect(ana.Texts.Last).ToHaveTextAsync("601");
    }

    /// <summary>The entry of a room is drawn anew between the two halves of a click.</summary>
    [TestMethod]
    public async Task ARoomCanBeChosenWhileItsMessagesCome()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = await daemon.GuestAsync("bia", "geral", "livros");
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        await ana.JoinAsync("livros");
        var entry = ana.Page.Locator("chat-rooms nav button", new() { HasText = "geral" });
        await entry.HoverAsync();
        await ana.Page.Mouse.DownAsync();
        await bia.SayAsync("geral", "oi");
        await Assertions.Expect(entry.Locator(".badge")).ToHaveTextAsync("1");
        await ana.Page.Mouse.UpAsync();
        await Assertions.Expect(ana.Page.Locator("header.head h1")).ToHaveTextAsync("#geral");
    }
}
