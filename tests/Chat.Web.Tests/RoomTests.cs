using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>Rooms as a user of the page finds them: made, entered, left, and read on from where they were.</summary>
[TestClass]
public sealed class RoomTests
{
    [TestMethod]
    public async Task APrivateRoomIsMadeEnteredAndLeft()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort);
        await ana.RegisterAsync("ana");
        await using var bia = await PageUser.GuestAsync(daemon.HttpPort, "bia");
        await ana.SayAsync("/private segredo");
        await Entry(ana, "segredo").ClickAsync();
        await bia.Page.FillAsync("chat-rooms form input", "#segredo");
        await bia.Page.PressAsync("chat-rooms form input", "Enter");
        await Assertions.Expect(bia.Page.Locator("chat-rooms > .error")).Not.ToBeEmptyAsync();
        await Assertions.Expect(Entry(bia, "segredo")).ToHaveCountAsync(0);
        await ana.SayAsync("/invite bia");
        await Assertions.Expect(ana.Page.Locator("li.note .text")).ToContainTextAsync("bia");
        await bia.JoinAsync("segredo");
        await bia.SayAsync("Que segredo?");
        await ana.ExpectAsync("Que segredo?");
        await ana.Page.GetByLabel("Members", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(ana.Page.Locator(".members button")).ToHaveCountAsync(2);
        await bia.Page.GetByLabel("Members", new() { Exact = true }).ClickAsync();
        await bia.Page.GetByRole(AriaRole.Button, new() { Name = "Leave the room" }).ClickAsync();
        await Assertions.Expect(Entry(bia, "segredo")).ToHaveCountAsync(0);
        await Assertions.Expect(bia.Page.Locator("header.head h1")).ToHaveTextAsync("#geral");
        await Assertions.Expect(ana.Page.Locator(".members button")).ToHaveCountAsync(1);
    }

    [TestMethod]
    public async Task WhatIsNewComesAfterALineAndEachDayHasItsOwn()
    {
        var time = new TestTime();
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using (var caio = await daemon.GuestAsync("caio", "geral")) await caio.SayAsync("geral", "yesterday");
        await daemon.StopAsync();
        time.Advance(TimeSpan.FromDays(1));
        await daemon.StartAgainAsync();
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await bia.SayAsync("geral", "today");
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort);
        await ana.RegisterAsync("ana");
        await ana.ExpectAsync("yesterday", "today");
        await Assertions.Expect(ana.Page.Locator("li.day")).ToHaveCountAsync(2);
        await ana.JoinAsync("livros");
        foreach (var text in (string[])["one", "@ana two"]) await bia.SayAsync("geral", text);
        await Assertions.Expect(Entry(ana, "geral").Locator(".badge")).ToHaveTextAsync(["@1", "2"]);
        await Entry(ana, "geral").ClickAsync();
        await ana.ExpectAsync("yesterday", "today", "one", "@ana two");
        await Assertions.Expect(ana.Page.Locator("li.line")).ToHaveTextAsync("New messages");
        await Assertions.Expect(ana.Page.Locator("li.line + li.message .text")).ToHaveTextAsync("one");
        await Assertions.Expect(Entry(ana, "geral").Locator(".badge")).ToHaveCountAsync(0);
    }

    [TestMethod]
    public async Task EachRoomKeepsItsDraft()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        await ana.Input.FillAsync("half of a");
        await ana.JoinAsync("livros");
        await Assertions.Expect(ana.Input).ToHaveValueAsync("");
        await ana.Input.FillAsync("another");
        await Entry(ana, "geral").ClickAsync();
        await Assertions.Expect(ana.Input).ToHaveValueAsync("half of a");
        await Entry(ana, "livros").ClickAsync();
        await Assertions.Expect(ana.Input).ToHaveValueAsync("another");
    }

    /// <summary>Only the first are listed, but a beginning finds the others.</summary>
    [TestMethod]
    public async Task TheMembersOfALargeRoomAreFoundByTheirBeginning()
    {
        const int Many = 300;
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        var guests = await Task.WhenAll(Enumerable.Range(1, Many).Select(i => daemon.GuestAsync($"guest{i:000}", "geral")));
        await ana.Page.GetByLabel("Members", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(ana.Page.Locator(".members button")).ToHaveCountAsync(200);
        await Assertions.Expect(ana.Page.Locator("chat-panel .hint")).ToContainTextAsync("The first 200");
        await ana.Input.PressSequentiallyAsync("@guest30");
        await Assertions.Expect(ana.Page.Locator("[role=option]")).ToHaveTextAsync(["@guest300"]);
        foreach (var guest in guests) await guest.DisposeAsync();
        await Assertions.Expect(ana.Page.Locator(".members button")).ToHaveCountAsync(1, new() { Timeout = 60_000 });
    }

    private static ILocator Entry(PageUser user, string name) =>
        user.Page.Locator("chat-rooms nav button", new() { Has = user.Page.Locator(".name", new() { HasTextRegex = new($"^{name}$") }) });
}
