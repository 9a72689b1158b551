using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Sessions;

[TestClass]
public sealed class FirstChatTests
{
    [TestMethod]
    public async Task WhatOneSaysBothHearInOneOrder()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");

        var first = await ana.SayAsync("geral", "oi");
        var second = await bia.SayAsync("geral", "olá");

        Assert.AreEqual((1L, 2L), (first.Seq, second.Seq));
        Assert.AreEqual("oi", (await bia.ExpectAsync<DaemonFrame.Message>(m => m.Seq == 1)).Text);
        Assert.AreEqual("olá", (await ana.ExpectAsync<DaemonFrame.Message>(m => m.Seq == 2)).Text);
    }
}
