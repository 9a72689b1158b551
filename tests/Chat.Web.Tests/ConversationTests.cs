using Chat.Client;
using Chat.TestKit;
using Microsoft.Playwright;
using Conversation = Chat.Client.Conversation;

namespace Chat.Web.Tests;

/// <summary>Users at the page talk with each other, and with other programs.</summary>
[TestClass]
public sealed class ConversationTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task TwoBrowsersAndAProgramTalkInOneRoom()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        await using var bia = await PageUser.OpenAsync(daemon.HttpPort);
        await bia.RegisterAsync("bia");
        await using var program = new ChatClient(new ChatClientOptions { Port = daemon.Port });
        var stop = TestContext.CancellationToken;
        await program.ConnectAsync(stop);
        await program.LoginAsync(LoginRequest.Guest("caio", "geral"), stop);
        var geral = Conversation.Room("geral");

        await ana.SayAsync("Bom dia!");
        await bia.ExpectAsync("Bom dia!");
        await bia.SayAsync("Dia, **ana**.");
        await ana.ExpectAsync("Bom dia!", "Dia, ana.");
        await program.SendAsync(geral, "@bia oi", stop);
        foreach (var user in (PageUser[])[ana, bia]) await user.ExpectAsync("Bom dia!", "Dia, ana.", "@bia oi");
        await Assertions.Expect(bia.Page.Locator("li.for-me")).ToHaveCountAsync(1);

        await ana.Messages.First.FocusAsync();
        await ana.Page.Keyboard.PressAsync("e");
        await ana.SayAsync("Boa tarde!");
        await bia.ExpectAsync("Boa tarde! (edited)", "Dia, ana.", "@bia oi");
        await bia.Messages.First.FocusAsync();
        await bia.Page.Keyboard.PressAsync("+");
        await bia.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(ana.Page.Locator(".reactions button")).ToHaveTextAsync("👍 1");
        await ana.Messages.First.FocusAsync();
        await ana.Page.Keyboard.PressAsync("Delete");
        await bia.ExpectAsync("Message deleted", "Dia, ana.", "@bia oi");
        Assert.IsTrue((await program.HistoryAsync(geral, ct: stop)).Value!.Messages[0].Erased == true);
    }

    [TestMethod]
    public async Task DirectMessagesCountAndAreRead()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort);
        await ana.RegisterAsync("ana");
        await using var bia = await PageUser.GuestAsync(daemon.HttpPort, "bia");
        await bia.JoinAsync("@ana");
        await bia.SayAsync("Um café?");
        var entry = ana.Page.Locator("chat-rooms nav button", new() { HasText = "bia" });
        await Assertions.Expect(entry.Locator(".badge")).ToHaveTextAsync("1");
        await Assertions.Expect(ana.Page).ToHaveTitleAsync("(1) #geral · Chat");
        await entry.ClickAsync();
        await ana.ExpectAsync("Um café?");
        await Assertions.Expect(entry.Locator(".badge")).ToHaveCountAsync(0);
        await bia.Input.PressSequentiallyAsync("hm");
        await Assertions.Expect(ana.Page.Locator(".typing")).ToHaveTextAsync("bia is typing…");
    }

    [TestMethod]
    public async Task CommandsAreCompletedAndAnsweredToTheCallerOnly()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        await using var bia = await PageUser.GuestAsync(daemon.HttpPort, "bia");
        await ana.Input.PressSequentiallyAsync("/hel");
        await Assertions.Expect(ana.Page.Locator("[role=option]").First).ToContainTextAsync("/help");
        await ana.Input.PressAsync("Tab");
        await Assertions.Expect(ana.Input).ToHaveValueAsync("/help ");
        await Assertions.Expect(ana.Page.Locator(".usage")).ToContainTextAsync("/help [command…]");
        await ana.Input.PressAsync("Enter");
        await Assertions.Expect(ana.Page.Locator("li.note .text")).ToContainTextAsync("Commands:");
        await ana.SayAsync("/nothing");
        await Assertions.Expect(ana.Page.Locator("li.note.failed")).ToHaveCountAsync(1);
        await ana.SayAsync("//slash");
        await bia.ExpectAsync("/slash");
        await Assertions.Expect(bia.Page.Locator("li.note")).ToHaveCountAsync(0);
    }

    /// <summary>Tab means the line as it stands then, and Enter sends it, though the options belong to what was typed before.</summary>
    [TestMethod]
    [DataRow("", "/hel", "Tab")]
    [DataRow("/he", "l", "Tab")]
    [DataRow("/he", "lp", "Enter")]
    public async Task KeysCanBeFasterThanCompletions(string before, string typed, string key)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        await ana.Input.PressSequentiallyAsync(before);
        if (before.Length > 0) await Assertions.Expect(ana.Page.Locator("[role=option]").First).ToBeVisibleAsync();
        const string TypeAndPress = """
            (input, [text, key]) => {
                input.setRangeText(text, input.value.length, input.value.length, 'end');
                input.dispatchEvent(new InputEvent('input'));
                input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            }
            """;
        await ana.Input.EvaluateAsync(TypeAndPress, new[] { typed, key });
        if (key == "Tab") await Assertions.Expect(ana.Input).ToHaveValueAsync("/help ");
        else await Assertions.Expect(ana.Page.Locator("li.note .text")).ToContainTextAsync("Commands:");
    }

    /// <summary>While one types, and when the daemon refuses it: the command comes back to be mended.</summary>
    [TestMethod]
    public async Task AnArgumentThatDoesNotFitIsSaidBesideItsParameter()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await PageUser.GuestAsync(daemon.HttpPort, "ana");
        var problem = ana.Page.Locator(".usage li", new() { HasText = "message" }).Locator(".error");
        await ana.Input.PressSequentiallyAsync("/delete abc");
        await Assertions.Expect(ana.Page.Locator(".usage")).ToContainTextAsync("/delete <message>");
        await Assertions.Expect(problem).ToHaveCountAsync(0);
        await ana.Input.PressSequentiallyAsync(" ");
        await Assertions.Expect(problem).ToHaveTextAsync("A whole number.");
        await Assertions.Expect(ana.Input).ToHaveAttributeAsync("aria-invalid", "true");
        await ana.Input.PressAsync("Enter");
        await Assertions.Expect(ana.Page.Locator("li.note.failed")).ToHaveCountAsync(1);
        await Assertions.Expect(problem).ToContainTextAsync("is not valid for message");
        await Assertions.Expect(ana.Input).ToHaveValueAsync("/delete abc ");
        await ana.Input.FillAsync("/password wrong");
        await ana.Input.PressAsync("Enter");
        await Assertions.Expect(ana.Page.Locator("li.note.failed")).ToHaveCountAsync(2);
        await Assertions.Expect(ana.Input).ToHaveValueAsync("");
    }

    [TestMethod]
    public async Task OldMessagesComeAsOneScrollsAndASearchJumps()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var writer = await daemon.GuestAsync("caio", "geral");
        for (var i = 1; i <= 700; i++) await writer.SayAsync("geral", i == 40 ? "a agulha" : $"mensagem {i}");
        await daemon.IndexAsync();
        await using var ana = await PageUser.OpenAsync(daemon.HttpPort);
        await ana.RegisterAsync("ana");
        await Assertions.Expect(ana.Texts.Last).ToHaveTextAsync("mensagem 700");
        for (var i = 0; i < 40 && await ana.Page.Locator("li.start").CountAsync() == 0; i++)
        {
            var first = await ana.Messages.First.GetAttributeAsync("data-seq");
            await ana.Page.EvaluateAsync("document.querySelector('.scroller').scrollTop = 0");
            var before = $"li.start, li.message[data-seq='{int.Parse(first!, null) - 1}']";
            await Assertions.Expect(ana.Page.Locator(before).First).ToBeAttachedAsync();
            Assert.IsLessThanOrEqualTo(250, await ana.Messages.CountAsync());
        }
        await Assertions.Expect(ana.Texts.First).ToHaveTextAsync("mensagem 1");
        await ana.Page.Locator("button.latest").ClickAsync();
        await Assertions.Expect(ana.Texts.Last).ToHaveTextAsync("mensagem 700");
        await ana.Page.Keyboard.PressAsync("Control+f");
        await ana.Page.Keyboard.TypeAsync("agulha");
        await ana.Page.Keyboard.PressAsync("Enter");
        await ana.Page.Locator(".results button").ClickAsync();
        await Assertions.Expect(ana.Page.Locator("li.message[data-seq='40']")).ToBeInViewportAsync();
    }
}
