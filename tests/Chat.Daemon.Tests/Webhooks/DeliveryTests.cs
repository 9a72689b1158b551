using System.Globalization;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Webhooks;

/// <summary>Deliveries to receivers that fail, hang, or are hostile.</summary>
[TestClass]
public sealed class DeliveryTests
{
    [TestMethod]
    public async Task AReceiverThatFailsIsAskedAgainLaterAndLater()
    {
        await using var daemon = await HookDaemon.StartAsync();
        var failures = 0;
        await using var receiver = new HookReceiver(
            hook => hook.Body.Contains("ping", StringComparison.Ordinal) || ++failures > 3 ? HookReceiver.Taken : HookReceiver.Status(500));
        var (id, _) = await daemon.OutAsync(receiver);
        await daemon.Admin.SayAsync("geral", "um");
        var first = await receiver.NextAsync();
        await daemon.Admin.SayAsync("geral", "dois");
        foreach (var seconds in new[] { 5, 10, 20 })
        {
            await daemon.ListsAsync("the last try failed (HTTP 500)");
            await daemon.AdvanceAsync(TimeSpan.FromSeconds(seconds - 0.1));
            await daemon.AdvanceAsync(TimeSpan.FromSeconds(seconds * 0.2));
            var again = await receiver.NextAsync();
            Assert.AreEqual((first.Headers["webhook-id"], first.Body), (again.Headers["webhook-id"], again.Body));
        }
        Assert.EndsWith(" dois", await receiver.NextTextAsync());
        await daemon.ListsAsync("0 waiting, 0 failed");
        Assert.AreEqual($"The webhook {id} has no failures.", await daemon.Admin.TypeAsync($"/webhook failures {id}"));
    }

    [TestMethod]
    public async Task WhatWaitsOutlivesARestart()
    {
        await using var daemon = await HookDaemon.StartAsync();
        var isDown = false;
        await using var receiver = new HookReceiver(_ => isDown ? HookReceiver.Status(503) : HookReceiver.Taken);
        await daemon.OutAsync(receiver);
        isDown = true;
        for (var i = 1; i <= 20; i++) await daemon.Admin.SayAsync("geral", $"n{i}");
        await receiver.NextAsync();
        await daemon.ListsAsync("20 waiting");
        await daemon.RestartAsync();
        isDown = false;
        await daemon.AdvanceAsync(TimeSpan.FromMinutes(1));
        for (var i = 1; i <= 20; i++) Assert.EndsWith($" n{i}", await receiver.NextTextAsync());
    }

    [TestMethod]
    [DataRow("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", "HTTP 404")]
    [DataRow("HTTP/1.1 302 Go\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", "redirects, which is not followed")]
    public async Task WhatAReceiverDoesNotWantIsAFailureThatCanBeRepeated(string answer, string reason)
    {
        await using var daemon = await HookDaemon.StartAsync();
        var isBroken = false;
        await using var receiver = new HookReceiver(_ => isBroken ? answer : HookReceiver.Taken);
        var (id, _) = await daemon.OutAsync(receiver);
        isBroken = true;
        await daemon.Admin.SayAsync("geral", "texto");
        await daemon.Admin.SayAsync("geral", "outro");
        await daemon.ListsAsync("0 waiting, 2 failed");
        var shown = await daemon.Admin.TypeAsync($"/webhook failures {id}");
        Assert.Contains($" message #2 admin: {reason}\n", shown);
        Assert.IsFalse(shown.Contains("texto", StringComparison.Ordinal));
        isBroken = false;
        await receiver.NextAsync();
        await receiver.NextAsync();
        Assert.StartsWith($"Webhook {id}: ", await daemon.Admin.TypeAsync($"/webhook retry {id}"));
        Assert.EndsWith(" texto", await receiver.NextTextAsync());
        Assert.EndsWith(" outro", await receiver.NextTextAsync());
        await daemon.ListsAsync("0 waiting, 0 failed");
    }

    [TestMethod]
    public async Task AfterADayADeliveryIsGivenUp()
    {
        await using var daemon = await HookDaemon.StartAsync();
        await using var receiver = new HookReceiver(_ => HookReceiver.Status(500));
        var (id, _) = await daemon.OutAsync(receiver);
        await daemon.Admin.SayAsync("geral", "texto");
        var began = daemon.Time.GetUtcNow();
        for (var next = await NextTryAsync(daemon, began); next - began < TimeSpan.FromHours(27); next = await NextTryAsync(daemon, next))
            await daemon.AdvanceAsync(next - daemon.Time.GetUtcNow());
        await daemon.ListsAsync("0 waiting, 2 failed");
        Assert.Contains(" message #2 admin: HTTP 500", await daemon.Admin.TypeAsync($"/webhook failures {id}"));
    }

    [TestMethod]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\naaaa")] // a body without an end is not read
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\naaaa")]
    public async Task AnAnswerIsNotReadBeyondItsHead(string answer)
    {
        await using var daemon = await HookDaemon.StartAsync();
        await using var receiver = new HookReceiver(_ => answer);
        await daemon.OutAsync(receiver);
        await daemon.Admin.SayAsync("geral", "oi");
        Assert.EndsWith(" oi", await receiver.NextTextAsync());
        await daemon.ListsAsync("0 waiting, 0 failed");
    }

    [TestMethod]
    public async Task HeadersWithoutAnEndAreAFailure()
    {
        await using var daemon = await HookDaemon.StartAsync();
        await using var receiver = new HookReceiver(_ => "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", 10_000)));
        await daemon.OutAsync(receiver);
        await daemon.ListsAsync("1 waiting, 0 failed; the last try failed (no connection)");
    }

    [TestMethod]
    public async Task AReceiverThatNeverAnswersHoldsUpNobody()
    {
        await using var daemon = await HookDaemon.StartAsync();
        await using var hanging = new HookReceiver(_ => null);
        await using var receiver = new HookReceiver();
        for (var i = 0; i < 15; i++) await daemon.OutAsync(hanging);
        await daemon.OutAsync(receiver);
        for (var i = 0; i < 50; i++) await daemon.Admin.SayAsync("geral", $"n{i}");
        for (var i = 0; i < 50; i++) Assert.EndsWith($" n{i}", await receiver.NextTextAsync());
        await daemon.ListsAsync("the last try failed (no answer within 10 s)");
    }

    [TestMethod]
    public async Task AFullQueueIsTold()
    {
        await using var daemon = await HookDaemon.StartAsync();
        await using var receiver = new HookReceiver(_ => HookReceiver.Status(503));
        var (id, _) = await daemon.OutAsync(receiver);
        for (var i = 0; i < 450; i++) await daemon.Admin.SayAsync("geral", $"n{i}");
        await daemon.Log.LineAsync(line => line.Contains("queue_full", StringComparison.Ordinal));
        Assert.Contains(": queue full", await daemon.Admin.TypeAsync($"/webhook failures {id}"));
    }

    [TestMethod]
    [DataRow("https://127.0.0.1:8443/")]
    [DataRow("https://localhost:8443/")]
    [DataRow("https://2130706433:8443/")]
    [DataRow("https://0x7f.1:8443/")]
    [DataRow("https://[::1]:8443/")]
    [DataRow("https://[::ffff:127.0.0.1]:8443/")]
    [DataRow("https://10.1.2.3/")]
    [DataRow("https://169.254.169.254/latest/meta-data")]
    [DataRow("https://[fd00:ec2::254]/")]
    [DataRow("https://[64:ff9b::a9fe:a9fe]/")]
    public async Task APrivateAddressIsNotReached(string url)
    {
        await using var daemon = await HookDaemon.StartAsync("{}");
        var (id, _) = await daemon.OutAsync(url);
        await daemon.ListsAsync("0 waiting, 1 failed");
        Assert.EndsWith(" ping : private address", await daemon.Admin.TypeAsync($"/webhook failures {id}"));
    }

    /// <returns>When the receiver is asked next, if that is later than the last time; else never.</returns>
    private static async Task<DateTimeOffset> NextTryAsync(HookDaemon daemon, DateTimeOffset last)
    {
        var next = last;
        await daemon.ListsAsync(list =>
        {
            if (list.Contains("0 waiting", StringComparison.Ordinal)) next = DateTimeOffset.MaxValue;
            else if (list.Split("the next is at ") is [_, var at]) // shown without its fraction
                next = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture).AddSeconds(1);
            return next > last;
        });
        return next;
    }
}
