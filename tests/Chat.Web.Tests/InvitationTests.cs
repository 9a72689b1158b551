using Chat.Protocol;
using Chat.TestKit;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>A link with an invitation opens the registration, and makes one account.</summary>
[TestClass]
public sealed class InvitationTests
{
    [TestMethod]
    public async Task ALinkMakesOneAccount()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Accounts:Registration", "invitation"));
        await using var admin = await daemon.ConnectAsync();
        await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword, Rooms: ["geral"], Lang: "en"));
        var answer = await admin.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message("/account invite", "geral"));
        var code = answer.Text.Split(' ')[2].TrimEnd('.');

        await using var ana = await PageUser.OpenAsync(daemon.HttpPort, path: $"/#/invite/{code}");
        await Assertions.Expect(ana.Page.Locator("[name=invitation]")).ToHaveValueAsync(code);
        await ana.LoginAsync("ana", PageUser.Password);
        await Assertions.Expect(ana.Page).ToHaveURLAsync($"http://127.0.0.1:{daemon.HttpPort}/");
        await ana.Page.ReloadAsync();
        await Assertions.Expect(ana.Page.Locator("chat-rooms .me")).ToContainTextAsync("ana");

        await using var bia = await PageUser.OpenAsync(daemon.HttpPort, path: $"/#/invite/{code}");
        await bia.FillInAsync("bia", PageUser.Password);
        await Assertions.Expect(bia.Page.Locator("#login-error")).Not.ToBeEmptyAsync();
        await Assertions.Expect(bia.Page.Locator("[name=invitation]")).ToHaveValueAsync(code);
    }
}
