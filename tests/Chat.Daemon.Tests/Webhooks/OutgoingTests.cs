using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Webhooks;

/// <summary>What happens in a room is sent to an address.</summary>
[TestClass]
public sealed class OutgoingTests
{
    [TestMethod]
    public async Task EventsOfTheRoomArriveInOrder()
    {
        await using var daemon = await HookDaemon.StartAsync();
        await using var receiver = new HookReceiver();
        await daemon.OutAsync(receiver, "message edited deleted reaction joined left");
        var ana = await daemon.Users.EnterAsync("ana");
        var said = await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("oi <b>", "geral"));
        await ana.AskAsync<DaemonFrame.Change>(new ClientFrame.React(said.Seq, "👍", Room: "geral"));
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("segredo", To: "admin"));
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("obras"));
        await ana.SayAsync("obras", "em outra sala");
        await ana.AskAsync<DaemonFrame.Change>(new ClientFrame.Edit(said.Seq, "olá", Room: "geral"));
        Assert.AreEqual("joined ana", await receiver.NextTextAsync());
        var first = await receiver.NextTextAsync(); // perhaps sent after the edit
        Assert.Contains(first, (string[])[$"message ana {said.Seq} oi <b>", $"message ana {said.Seq} olá"]);
        Assert.AreEqual($"reaction ana {said.Seq} 👍", await receiver.NextTextAsync());
        Assert.AreEqual($"edited ana {said.Seq} olá", await receiver.NextTextAsync());
        await ana.AskAsync<DaemonFrame.Change>(new ClientFrame.Delete(said.Seq, Room: "geral"));
        await ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        Assert.AreEqual($"deleted ana {said.Seq}", await receiver.NextTextAsync());
        Assert.AreEqual("left ana", await receiver.NextTextAsync());
    }

    [TestMethod]
    public async Task ADeliveryIsSignedAndSaysWhatItIs()
    {
        await using var daemon = await HookDaemon.StartAsync();
        await using var receiver = new HookReceiver();
        var (id, secret) = await daemon.OutAsync(receiver.Url);
        var ping = await receiver.NextAsync();
        Assert.AreEqual("ping", (string?)ping.Json["type"]);
        await daemon.Admin.SayAsync("geral", "olá");
        var hook = await receiver.NextAsync();
        Assert.AreEqual("POST /hook?key=chave HTTP/1.1", hook.Line);
        Assert.AreEqual("application/json", hook.Headers["Content-Type"]);
        Assert.AreEqual((1, "message", "geral", "admin", "olá"), ((int)hook.Json["version"]!, (string)hook.Json["type"]!,
            (string)hook.Json["room"]!, (string)hook.Json["from"]!, (string)hook.Json["text"]!));
        Assert.StartsWith(id + "-", (string?)hook.Json["id"]);
        var (sent, at) = (hook.Headers["webhook-id"], hook.Headers["webhook-timestamp"]);
        Assert.AreEqual((string?)hook.Json["id"], sent);
        Assert.AreEqual(daemon.Time.GetUtcNow().ToUnixTimeSeconds(), long.Parse(at, CultureInfo.InvariantCulture));
        var signature = HMACSHA256.HashData(
            Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{sent}.{at}.{hook.Body}"));
        Assert.AreEqual("v1," + Convert.ToBase64String(signature), hook.Headers["webhook-signature"]);
    }

    [TestMethod]
    public async Task WhatThePluginWritesIsNotSentOut()
    {
        await using var daemon = await HookDaemon.StartAsync();
        await using var receiver = new HookReceiver();
        await daemon.OutAsync(receiver); // the room is told by a message
        var (_, path) = await daemon.InAsync();
        await daemon.PostAsync(path, """{"text":"eco"}""");
        await daemon.RestartAsync();
        await daemon.PostAsync(path, """{"text":"eco"}""");
        await daemon.Admin.SayAsync("geral", "fim");
        Assert.EndsWith(" fim", await receiver.NextTextAsync());
    }

    [TestMethod]
    public async Task TheRoomIsTold()
    {
        await using var daemon = await HookDaemon.StartAsync();
        var ana = await daemon.Users.EnterAsync("ana");
        await using var receiver = new HookReceiver();
        await daemon.OutAsync(receiver, "message");
        Assert.AreEqual(
            "What happens in this room is now also sent to 127.0.0.1 (message).", (await ana.ExpectAsync<DaemonFrame.Message>()).Text);
    }

    [TestMethod]
    public async Task ADeletedTextIsNotSentAnyMore()
    {
        await using var daemon = await HookDaemon.StartAsync();
        var isDown = true;
        await using var receiver = new HookReceiver(_ => HookReceiver.Status(isDown ? 503 : 200));
        var (id, _) = await daemon.OutAsync(receiver);
        var said = await daemon.Admin.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("sensível", "geral"));
        await daemon.Admin.AskAsync<DaemonFrame.Change>(new ClientFrame.Delete(said.Seq, Room: "geral"));
        await daemon.ListsAsync("3 waiting, 0 failed; the last try failed");
        isDown = false;
        await daemon.Admin.ReplyAsync($"/webhook retry {id}");
        Assert.AreEqual("ping", await receiver.NextTextAsync());
        Assert.AreEqual($"message admin {said.Seq} true", await receiver.NextTextAsync());
        Assert.AreEqual($"deleted admin {said.Seq}", await receiver.NextTextAsync());
    }

    [TestMethod]
    public async Task SecretsAndAddressesAreNeitherLoggedNorAudited()
    {
        await using var daemon = await HookDaemon.StartAsync();
        await using var receiver = new HookReceiver(_ => HookReceiver.Status(400));
        var (id, secret) = await daemon.OutAsync(receiver);
        await daemon.Log.LineAsync(line => line.Contains("gave up", StringComparison.Ordinal));
        foreach (var shown in new[]
        {
            await daemon.Admin.TypeAsync("/webhook list"), await daemon.Admin.TypeAsync($"/webhook failures {id}"),
            await daemon.Admin.TypeAsync("/auditoria admin"), string.Join('\n', daemon.Log.Lines),
        })
        {
            Assert.IsFalse(shown.Contains(secret, StringComparison.Ordinal), shown);
            Assert.IsFalse(shown.Contains("chave", StringComparison.Ordinal), shown);
        }
    }

    [TestMethod]
    [DataRow("http://example.org/")]
    [DataRow("ftp://example.org/")]
    [DataRow("example.org")]
    [DataRow("https://ana:senha@example.org/")]
    [DataRow("https://example.org:22/")]
    [DataRow("https://example.org/#a")]
    [DataRow("file:///etc/passwd")]
    public async Task AWrongAddressIsRefused(string url)
    {
        await using var daemon = await HookDaemon.StartAsync("{}");
        Assert.AreEqual("bad_url", await daemon.Admin.TypeAsync($"/webhook out geral {url}"));
    }

    [TestMethod]
    public async Task ThereAreNoMoreThanCanBeServed()
    {
        await using var daemon = await HookDaemon.StartAsync();
        await using var receiver = new HookReceiver();
        for (var i = 0; i < 16; i++) await daemon.OutAsync(receiver);
        Assert.AreEqual("quota_exceeded", await daemon.Admin.TypeAsync($"/webhook out geral {receiver.Url}"));
    }

    [TestMethod]
    public async Task NothingIsSentOfADeletedRoomOrBehindARemovedWebhook()
    {
        await using var daemon = await HookDaemon.StartAsync();
        await using var receiver = new HookReceiver();
        await daemon.Admin.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("obras"));
        var (removed, _) = await daemon.OutAsync(receiver);
        await daemon.OutAsync(receiver, room: "obras");
        await daemon.Admin.ReplyAsync($"/webhook remove {removed}");
        await daemon.Admin.RefusalAsync("/sala apagar obras"); // asks for a confirmation
        await daemon.Admin.ReplyAsync("/sala apagar obras");
        await daemon.Admin.SayAsync("geral", "ninguém");
        await daemon.OutAsync(receiver, "joined");
        await daemon.Users.EnterAsync("ana");
        Assert.AreEqual("joined ana", await receiver.NextTextAsync());
    }
}
