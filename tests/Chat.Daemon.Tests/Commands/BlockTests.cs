using Chat.Daemon.Accounts;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>An account's own list of blocked users.</summary>
[TestClass]
public sealed class BlockTests
{
    [TestMethod]
    public async Task WhatABlockedUserWritesToTheAccountIsRejected()
    {
        await using var users = await TestUsers.StartAsync();
        var (bia, gil) = (await users.EnterAsync("bia", Role.Member, "en"), await users.EnterAsync("gil"));
        await gil.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("oi", To: "bia"));
        await bia.ExpectAsync<DaemonFrame.Message>();
        var reply = await bia.ReplyAsync("/block gil");
        Assert.AreEqual(("You have blocked gil.", """{"blocked":["gil"]}"""), (reply.Text, reply.Data!.Value.GetRawText()));
        Assert.AreEqual("You have blocked gil.", await bia.TypeAsync("/block gil"), "again");

        var refusal = await gil.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("ei", To: "bia") { Id = "1" });
        Assert.AreEqual(("rejected", "Este usuário não recebe mensagens suas."), (refusal.Code, refusal.Text));
        Assert.AreEqual("rejected", await gil.CodeAsync(new ClientFrame.Message("ei", To: "bia") { Id = "1" }), "sent again");
        Assert.AreEqual("rejected", await gil.CodeAsync(new ClientFrame.Edit(1, "ei", With: "bia")));
        Assert.AreEqual("rejected", await gil.CodeAsync(new ClientFrame.React(1, "👍", With: "bia")));
        await gil.SendAsync(new ClientFrame.Typing(With: "bia"));
        await gil.SettleAsync();
        await bia.ExpectNothingAsync();

        // In rooms nothing changes, the blocker may write, and what the blocked user wrote is still theirs to delete.
        await gil.SayAsync("geral", "olá a todos");
        await bia.ExpectAsync<DaemonFrame.Message>(m => m.Text == "olá a todos");
        await bia.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("chega", To: "gil"));
        await gil.AskAsync<DaemonFrame.Change>(new ClientFrame.Delete(1, With: "bia"));

        Assert.AreEqual("You have unblocked gil.", await bia.TypeAsync("/unblock @gil"));
        await gil.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("obrigado", To: "bia"));
        Assert.AreEqual("bad_arguments", await bia.TypeAsync("/unblock gil"));
    }

    [TestMethod]
    public async Task AStrangersFirstMessageIsRejectedToo()
    {
        await using var users = await TestUsers.StartAsync();
        var (bia, gil) = (await users.EnterAsync("bia", Role.Member), await users.EnterAsync("gil", Role.Member));
        await bia.TypeAsync("/bloquear gil");
        Assert.AreEqual("rejected", await gil.CodeAsync(new ClientFrame.Message("oi", To: "bia")));
        Assert.AreEqual("rejected", await gil.TypeAsync("/msg bia oi"));
        await users.Daemon.RestartAsync();
        gil = await users.EnterAsync("gil", Role.Member);
        Assert.AreEqual("rejected", await gil.CodeAsync(new ClientFrame.Message("oi", To: "bia")), "after a restart");
    }

    [TestMethod]
    public async Task TheListIsTheAccountsOwnAndBounded()
    {
        await using var users = await TestUsers.StartAsync();
        var (bia, caio) = (await users.EnterAsync("bia", Role.Member), await users.EnterAsync("caio", Role.Member));
        Assert.AreEqual("Você não bloqueou ninguém.", await bia.TypeAsync("/bloqueados"));
        Assert.AreEqual("bad_arguments", await bia.TypeAsync("/bloquear bia"));
        Assert.AreEqual("no_such_user", await bia.TypeAsync("/bloquear ninguém"));
        var gil = await users.EnterAsync("gil");
        Assert.AreEqual("forbidden", await gil.TypeAsync("/bloquear bia"));
        await bia.TypeAsync("/bloquear gil");
        Assert.AreEqual("Você não bloqueou ninguém.", await caio.TypeAsync("/bloqueados"));

        // A later guest of that name is another one.
        await gil.SendAsync(new ClientFrame.Logout());
        await gil.ExpectClosedAsync();
        var other = await users.EnterAsync("gil");
        await other.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("oi", To: "bia"));
        await bia.TypeAsync("/bloquear gil");
        Assert.AreEqual("Bloqueados (1): gil", await bia.TypeAsync("/bloqueados"));
        Assert.AreEqual("Você desbloqueou gil.", await bia.TypeAsync("/desbloquear gil"));
        await other.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("oi", To: "bia"));

        var blocks = users.Daemon.Get<Blocks>();
        var account = await users.AccountIdAsync("bia");
        for (var i = 0; i < Blocks.MaxPerAccount; i++)
            Assert.IsTrue(await blocks.AddAsync(account, Identity.OfGuest(1_000 + i), TestUsers.Name($"g{i}")));
        Assert.AreEqual("quota_exceeded", await bia.TypeAsync("/bloquear caio"));
        Assert.HasCount(Blocks.MaxPerAccount, await blocks.ListAsync(account, CancellationToken.None));
    }
}
