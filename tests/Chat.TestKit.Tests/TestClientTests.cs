using System.Text;
using System.Text.Json;
using Chat.Protocol;

namespace Chat.TestKit.Tests;

[TestClass]
public sealed class TestClientTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    [TestMethod]
    public async Task TakesFramesInOrder()
    {
        await using var daemon = new ScriptedDaemon(_ => [Notice("a"), Notice("b")]);
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        await ana.SendAsync("go");
        Assert.IsInstanceOfType<DaemonFrame.Hello>((await ana.NextAsync()).Frame);
        Assert.AreEqual(Notice("a"), (await ana.NextAsync()).Json);
        Assert.AreEqual("b", (await ana.ExpectAsync<DaemonFrame.Notice>()).Text);
    }

    [TestMethod]
    public async Task SkipsToTheExpectedFrame()
    {
        await using var daemon = new ScriptedDaemon(_ => [Notice("a"), Notice("b"), Notice("c")]);
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        await ana.SendAsync("go");
        await ana.ExpectAsync<DaemonFrame.Notice>(n => n.Text == "b");
        Assert.AreEqual("c", (await ana.ExpectAsync<DaemonFrame.Notice>()).Text);
    }

    [TestMethod]
    public async Task ReportsTheFramesThatCameInstead()
    {
        await using var daemon = new ScriptedDaemon(_ => [Notice("a")]);
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana", Short);
        await ana.SendAsync("go");
        var failure = await Assert.ThrowsExactlyAsync<ExpectationException>(() => ana.ExpectAsync<DaemonFrame.Notice>(n => n.Text == "b"));
        Assert.AreEqual($"""
            ana waited 0.2 s for Notice where n => n.Text == "b".
            Last sent:
              go
            Received instead:
              {ScriptedDaemon.Hello}
              {Notice("a")}
            """.ReplaceLineEndings("\n"), failure.Message);
    }

    [TestMethod]
    public async Task FailsAtOnceOnAClosedConnection()
    {
        await using var daemon = new ScriptedDaemon(_ => [ScriptedDaemon.Bye]);
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        await ana.SendAsync("go");
        var failure = await Assert.ThrowsExactlyAsync<ExpectationException>(() => ana.ExpectAsync<DaemonFrame.Pong>());
        Assert.StartsWith("ana waited for Pong, but the connection was closed.", failure.Message);
        Assert.AreEqual("logout", (await ana.ExpectAsync<DaemonFrame.Bye>()).Reason, "what came is still there");
        Assert.AreEqual(Ending.Ended, await ana.ExpectClosedAsync());
    }

    [TestMethod]
    public async Task TakesTheAnswerAndLeavesOtherFrames()
    {
        await using var daemon = new ScriptedDaemon(line => [Notice("a"), Error(IdOf(line))]);
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        Assert.AreEqual("banned", (await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Join("x"))).Code);
        Assert.AreEqual("a", (await ana.ExpectAsync<DaemonFrame.Notice>()).Text);
        var failure = await Assert.ThrowsExactlyAsync<ExpectationException>(
            () => ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("x")));
        Assert.StartsWith("ana wanted Joined for an answer; instead came:\n  {\"type\":\"error\"", failure.Message);
    }

    [TestMethod]
    public async Task LogsIn()
    {
        await using var daemon = new ScriptedDaemon(line => [Welcome(IdOf(line)), Joined("a"), Joined("b")]);
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        Assert.AreEqual("t", (await ana.LoginAsync("ana", "a", "b")).Token);
        await ana.ExpectNothingAsync();
    }

    [TestMethod]
    public async Task ExpectNothingSucceedsWithoutFrames()
    {
        await using var daemon = new ScriptedDaemon(_ => ["""{"type":"presence","room":"x","joined":["a"]}"""]);
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        await ana.SendAsync("go");
        await ana.ExpectNothingAsync();
    }

    [TestMethod]
    public async Task ExpectNothingFailsWithAFrame()
    {
        await using var daemon = new ScriptedDaemon(_ => [Notice("a")]);
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        await ana.SendAsync("go");
        var failure = await Assert.ThrowsExactlyAsync<ExpectationException>(ana.ExpectNothingAsync);
        Assert.Contains(Notice("a"), failure.Message);
    }

    [TestMethod]
    public async Task ReceivesNothingWhilePaused()
    {
        await using var daemon = new ScriptedDaemon(_ => [Notice("a")]);
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana", Short, receiveBuffer: 4_096);
        await ana.ExpectAsync<DaemonFrame.Hello>();
        ana.PauseReading();
        await ana.SendAsync("go");
        await Assert.ThrowsExactlyAsync<ExpectationException>(ana.NextAsync);
        ana.ResumeReading();
        await ana.ExpectAsync<DaemonFrame.Notice>();
    }

    [TestMethod]
    public async Task StillReadsAfterAHalfClose()
    {
        await using var daemon = new ScriptedDaemon(_ => [Notice("a"), Notice("b")]);
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        await ana.SendBytesAsync("no end"u8.ToArray());
        ana.ShutdownSend();
        await ana.ExpectAsync<DaemonFrame.Notice>(n => n.Text == "b");
        Assert.AreEqual(Ending.Ended, await ana.Closed);
    }

    [TestMethod]
    public async Task ShowsLinesThatAreNotFrames()
    {
        await using var daemon = new ScriptedDaemon(_ => ["what?", new string('x', ProtocolLimits.DaemonFrameBytes + 1)]);
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        await ana.SendAsync(new ClientFrame.Commands());
        await ana.ExpectAsync<DaemonFrame.Hello>();
        Assert.AreEqual(new ReceivedFrame("what?", null), await ana.NextAsync());
        Assert.EndsWith("(a frame of 262145 bytes)", (await ana.NextAsync()).Json);
    }

    internal static string Notice(string text) => $$"""{"type":"notice","text":"{{text}}"}""";

    private static string Error(string id) => $$"""{"type":"error","code":"banned","text":"x","id":"{{id}}"}""";

    private static string Welcome(
        string id) => $$"""{"type":"welcome","user":"ana","roles":[],"token":"t","rooms":["a","b"],"direct":[],"id":"{{id}}"}""";

    private static string Joined(string room) => $$"""{"type":"joined","room":"{{room}}","seq":0,"first":1,"messages":[],"more":false}""";

    private static string IdOf(string line) => JsonDocument.Parse(Encoding.UTF8.GetBytes(line)).RootElement.GetProperty("id").GetString()!;
}
