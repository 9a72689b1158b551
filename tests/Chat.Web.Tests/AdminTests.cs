using Chat.Protocol;
using Chat.TestKit;
using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>The administrator's page shows and does what an administrator can type, and nothing to others.</summary>
[TestClass]
public sealed class AdminTests
{
    [TestMethod]
    public async Task WithoutTheRoleThereIsOnlyTheLogin()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var user = await PageUser.OpenAsync(daemon.HttpPort, path: "/admin");
        await Assertions.Expect(user.Page.Locator("#app > *")).ToHaveCountAsync(1);
        await Assertions.Expect(user.Page.Locator("chat-login")).ToBeVisibleAsync();
        await user.FillInAsync("gil");
        await Assertions.Expect(user.Page.Locator("main.refused")).ToContainTextAsync("gil may not observe this daemon.");
        await Assertions.Expect(user.Page.Locator("nav, .plots, table")).ToHaveCountAsync(0);
        await user.Page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await Assertions.Expect(user.Page.Locator("chat-login")).ToBeVisibleAsync();
    }

    [TestMethod]
    public async Task ThePermissionIsEnoughAndNothingElseComesWithIt()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var admin = await daemon.ConnectAsync();
        await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword));
        await admin.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message("/permissao dar daemon.observe convidado", "geral"));
        await using var user = await PageUser.OpenAsync(daemon.HttpPort, path: "/admin#/users");
        await user.FillInAsync("gil");
        var row = user.Page.Locator("tbody tr", new() { HasText = "gil" });
        await Assertions.Expect(row).ToContainTextAsync("guest");
        await Assertions.Expect(user.Page.Locator("tbody button, .general button")).ToHaveCountAsync(0);
        await user.Page.GetByRole(AriaRole.Link, new() { Name = "Audit" }).ClickAsync();
        await Assertions.Expect(user.Page.Locator(".list .hint")).ToHaveTextAsync("You may not run /audit.");
        await admin.AskAsync<DaemonFrame.Reply>(new ClientFrame.Message("/permissao voltar daemon.observe", "geral"));
        await Assertions.Expect(user.Page.Locator("main.refused")).ToBeVisibleAsync();
    }

    [TestMethod]
    public async Task TheLoadIsDrawnLive()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var admin = await PageUser.AdminAsync(daemon.HttpPort);
        await Assertions.Expect(admin.Page.Locator(".plot")).ToHaveCountAsync(12);
        var connections = admin.Page.Locator(".plot", new() { HasText = "Connections" });
        await Assertions.Expect(connections.Locator("strong")).ToContainTextAsync("open 1");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await Assertions.Expect(connections.Locator("strong")).ToContainTextAsync("open 2");
        await Assertions.Expect(connections.Locator("svg")).ToHaveAttributeAsync(
            "aria-label", new System.Text.RegularExpressions.Regex("^Connections: 2, 2 now, at most 2 in the time shown$"));
        await Assertions.Expect(connections.Locator("path.series0")).ToHaveAttributeAsync(
            "d", new System.Text.RegularExpressions.Regex("^M[\\d. ]+h1(L[\\d. ]+)+$"));
    }

    [TestMethod]
    public async Task AnOrderIsACommandWithItsAudit()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var admin = await PageUser.AdminAsync(daemon.HttpPort, "plugins");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Disable: welcome" }).ClickAsync();
        var dialog = admin.Page.Locator("dialog");
        await Assertions.Expect(dialog.Locator("code")).ToHaveTextAsync("/plugins disable welcome");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Run" }).ClickAsync();
        await Assertions.Expect(dialog.Locator(".answer")).ToContainTextAsync("disabled");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        var row = admin.Page.Locator("tbody tr", new() { Has = admin.Page.GetByRole(AriaRole.Button, new() { Name = "Enable: welcome" }) });
        await Assertions.Expect(row).ToContainTextAsync("disabled");
        await Assertions.Expect(admin.Page.GetByRole(AriaRole.Table, new() { Name = "Version changes" })).ToContainTextAsync("removed");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Audit" }).ClickAsync();
        await Assertions.Expect(admin.Page.Locator("tbody tr").First).ToContainTextAsync("/plugins desativar");
        await Assertions.Expect(admin.Page.Locator("tbody tr").First).ToContainTextAsync("nome=welcome");
    }

    [TestMethod]
    public async Task ModerationReachesTheRoomAndItsMembers()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var gil = await daemon.GuestAsync("gil", "jogos");
        await using var admin = await PageUser.AdminAsync(daemon.HttpPort, "rooms");
        await admin.Page.Locator("input[type=search]").FillAsync("jog");
        await Assertions.Expect(admin.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Members" }).ClickAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Mute: gil", Exact = true }).ClickAsync();
        var dialog = admin.Page.Locator("dialog");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Run" }).ClickAsync();
        await Assertions.Expect(dialog.Locator("[name=duration]")).ToBeFocusedAsync();
        await Assertions.Expect(dialog.Locator("#order-1-error")).ToHaveTextAsync("This is needed.");
        await admin.Page.Keyboard.TypeAsync("1h");
        await admin.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(dialog.Locator(".answer")).ToHaveTextAsync("gil is muted in the room jogos for 1h.");
        await admin.Page.Keyboard.PressAsync("Escape");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Bans and mutes" }).ClickAsync();
        var mutes = admin.Page.GetByRole(AriaRole.Table, new() { Name = "Mutes" });
        await Assertions.Expect(mutes.Locator("tbody tr")).ToContainTextAsync("gil");
        await Assertions.Expect(mutes.Locator("tbody tr")).ToContainTextAsync("jogos");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Unmute: gil" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Run" }).ClickAsync();
        await Assertions.Expect(dialog.Locator(".answer")).ToHaveTextAsync("gil can write again.");
        await Assertions.Expect(mutes).ToBeHiddenAsync();
    }

    [TestMethod]
    public async Task WhatTheDaemonRefusesStandsBesideItsField()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var admin = await PageUser.AdminAsync(daemon.HttpPort, "bans");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Ban", Exact = true }).ClickAsync();
        var dialog = admin.Page.Locator("dialog");
        await dialog.Locator("[name=user]").FillAsync("nobody");
        await dialog.Locator("[name=user]").PressAsync("Enter");
        await Assertions.Expect(dialog.Locator("#order-0-error")).ToContainTextAsync("There is no user");
        await Assertions.Expect(dialog.Locator("[name=user]")).ToHaveAttributeAsync("aria-invalid", "true");
        await dialog.Locator("[name=user]").FillAsync("admin");
        await dialog.Locator("[name=user]").PressAsync("Enter");
        await Assertions.Expect(dialog.Locator("#order-0-error")).ToContainTextAsync("does not rank below you");
    }

    [TestMethod]
    public async Task DeletingARoomAsksAgain()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var gil = await daemon.GuestAsync("gil", "jogos");
        await using var admin = await PageUser.AdminAsync(daemon.HttpPort, "rooms");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Delete: jogos" }).ClickAsync();
        var dialog = admin.Page.Locator("dialog");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Run" }).ClickAsync();
        await Assertions.Expect(dialog.Locator(".answer")).ToContainTextAsync("To confirm");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Run" }).ClickAsync();
        await Assertions.Expect(dialog.Locator(".answer")).ToHaveTextAsync("Deleted the room jogos.");
        await Assertions.Expect(admin.Page.Locator("tbody tr", new() { HasText = "jogos" })).ToHaveCountAsync(0);
    }

    [TestMethod]
    public async Task ItGoesOnAfterARestart()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var proxy = new CuttingProxy(daemon.HttpPort);
        await using var admin = await PageUser.AdminAsync(proxy.Port, "users");
        await Assertions.Expect(admin.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await proxy.BreakAsync();
        await Assertions.Expect(admin.Page.Locator("#app > .state")).ToBeVisibleAsync();
        await daemon.RestartAsync();
        proxy.Target = daemon.HttpPort;
        await using var gil = await daemon.GuestAsync("gil", "geral");
        await Assertions.Expect(admin.Page.Locator("tbody tr", new() { HasText = "gil" })).ToBeVisibleAsync();
        await Assertions.Expect(admin.Page.Locator("#app > .state")).ToBeHiddenAsync();
    }
}
