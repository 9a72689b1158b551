using System.Diagnostics;
using Chat.LoadTest.Daemons;
using Chat.TestKit;

namespace Chat.LoadTest.Tests;

/// <summary>Short runs of the whole program, workers included, against a real daemon.</summary>
[TestClass]
public sealed class LoadRunTests
{
    private const int Members = 10; // 20 users in two rooms

    private static readonly string[] Small =
        ["--users", "20", "--rooms", "2", "--workers", "2", "--warmup", "0", "--seconds", "2", "--rate", "5", "--json"];

    [TestMethod]
    public async Task ATemporaryDaemonDeliversEverything()
    {
        var run = await LoadProcess.RunAsync([.. Small, "--durability", "normal"]);
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
        var sent = run.Count("sent");
        Assert.AreEqual((200L, sent, sent * Members, 0L), (sent, run.Count("echoed"), run.Count("delivered"), run.Count("lost")));
        Assert.AreEqual("normal", run.Report.GetProperty("durability").GetString());
        Assert.AreEqual(sent, run.Report.GetProperty("counters").GetProperty("messages").GetInt64());
        Assert.IsGreaterThan(0, run.Report.GetProperty("delivery").GetProperty("p50").GetDouble());
        Assert.IsGreaterThan(0, run.Report.GetProperty("usage").GetProperty("bytes").GetInt64());
    }

    [TestMethod]
    public async Task TheWarmupIsCountedButNotMeasured()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var wire = new BrokenWire(daemon.Port);
        var run = await LoadProcess.RunAsync([
            "--connect", $"127.0.0.1:{wire.Port}", "--users", "20", "--rooms", "2", "--workers", "2",
            "--warmup", "3", "--seconds", "1", "--rate", "5", "--json"]);
        Assert.AreEqual((1L, 1L, 1L), run.Faults, "Errors during the warm-up count: " + run.Output);
        Assert.AreEqual((400L, 400L * Members - 1), (run.Count("sent"), run.Count("delivered")), run.Output);
        Assert.AreEqual(100L * Members, run.Count("measured"), 20.0 * Members, run.Output);
    }

    [TestMethod]
    public async Task UsersConnectByWebSocket()
    {
        using var certificate = new TestCertificate();
        await using var daemon = await TestDaemon.StartAsync(
            ("Chat:Listen:Https", "127.0.0.1:0"), ("Chat:Tls:Certificate", certificate.Path));
        string[] plain = ["--protocol", "websocket", "--connect", $"127.0.0.1:{daemon.HttpPort}"];
        var run = await LoadProcess.RunAsync([.. plain, .. Small]);
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
        Assert.AreEqual(200L * Members, run.Count("delivered"));
        string[] encrypted =
            ["--protocol", "websocket", "--connect", $"{TestCertificate.Host}:{daemon.HttpsPort}", "--ca", certificate.PublicPath];
        run = await LoadProcess.RunAsync([.. encrypted, .. Small]);
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
        Assert.AreEqual(200L * Members, run.Count("delivered"));
    }

    [TestMethod]
    public async Task UsersConnectWithTls()
    {
        using var certificate = new TestCertificate();
        await using var daemon = await ProcessDaemon.StartAsync(
            "--Chat:Listen:Tls=127.0.0.1:0", $"--Chat:Tls:Certificate={certificate.Path}", "--Chat:Limits:MessagesPerSecond=0");
        var connect = new[] { "--connect", $"{TestCertificate.Host}:{await daemon.TlsPortAsync()}" };
        var run = await LoadProcess.RunAsync([.. connect, "--ca", certificate.PublicPath, .. Small]);
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
        Assert.AreEqual(200L * Members, run.Count("delivered"));
        var untrusted = await LoadProcess.RunAsync([.. connect, "--tls", .. Small]);
        Assert.AreEqual(3, untrusted.Status, "The system does not trust this certificate.");
        Assert.AreEqual(2, (await LoadProcess.RunAsync(["--tls", .. Small])).Status);
    }

    [TestMethod]
    public async Task AtRateZeroEachEchoTriggersTheNextMessage()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await LoadProcess.RunAsync(
            "--connect", $"127.0.0.1:{daemon.Port}", "--users", "4", "--rooms", "1", "--workers", "1",
            "--warmup", "0", "--seconds", "5", "--rate", "0", "--json");
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
        Assert.IsGreaterThan(20, run.Count("sent"));
        Assert.AreEqual(run.Count("sent") * 4, run.Count("delivered"));
    }

    [TestMethod]
    public async Task LostDuplicatedAndSwappedMessagesAreCounted()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var wire = new BrokenWire(daemon.Port);
        var run = await LoadProcess.RunAsync(["--connect", $"127.0.0.1:{wire.Port}", .. Small]);
        Assert.AreEqual(1, run.Status, run.Output + run.Errors);
        Assert.AreEqual((1L, 1L, 1L), run.Faults, run.Output);
        Assert.IsFalse(run.Report.GetProperty("is_clean").GetBoolean());
    }

    [TestMethod]
    [DataRow("chat")]
    [DataRow("websocket")]
    public async Task LimitsThatAreTooLowAreNamed(string protocol)
    {
        await using var daemon = await TestDaemon.StartAsync(
            ("Chat:Limits:ConnectionsPerAddress", "5"), ("Chat:Limits:MessagesPerSecond", "1"));
        var port = protocol == "chat" ? daemon.Port : daemon.HttpPort;
        var run = await LoadProcess.RunAsync(["--connect", $"127.0.0.1:{port}", "--protocol", protocol, .. Small]);
        Assert.AreEqual((2, ""), (run.Status, run.Output));
        StringAssert.Contains(run.Errors, "Chat:Limits:ConnectionsPerAddress (5 < 20), Chat:Limits:MessagesPerSecond (1 < 5)");
    }

    [TestMethod]
    public async Task WhatIsNoDaemonIsReported()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await LoadProcess.RunAsync(["--connect", $"127.0.0.1:{daemon.Port}", "--protocol", "websocket", .. Small]);
        Assert.AreEqual((3, ""), (run.Status, run.Output), run.Errors);
    }

    [TestMethod]
    public async Task UsersThatCannotJoinAreReported()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Limits:Connections", "12"));
        var run = await LoadProcess.RunAsync(["--connect", $"127.0.0.1:{daemon.Port}", .. Small]);
        Assert.AreEqual(1, run.Status, run.Output + run.Errors);
        var notIn = run.Counts.GetProperty("not_in").EnumerateObject().Sum(code => code.Value.GetInt32());
        Assert.AreEqual((12L, 8, 0L), (run.Count("users"), notIn, run.Count("lost")), run.Output);
    }

    [TestMethod]
    public async Task ADaemonThatStopsIsReported()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await LoadProcess.RunAsync(
            async _ =>
            {
                await Sending.UntilAsync(daemon, 6);
                await daemon.StopAsync();
            },
            ["--connect", $"127.0.0.1:{daemon.Port}", "--users", "10", "--rooms", "1", "--workers", "2", "--seconds", "60", "--json"]);
        Assert.AreEqual(1, run.Status, run.Output + run.Errors);
        Assert.AreEqual(10, run.Counts.GetProperty("ended").GetProperty("shutdown").GetInt32(), run.Output);
        Assert.AreEqual(0, run.Count("lost"));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task AnInterruptPrintsAPartialReport()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await LoadProcess.RunAsync(
            async process =>
            {
                await Sending.UntilAsync(daemon, 6);
                Process.Start("kill", ["-INT", $"{process}"])!.Dispose();
            },
            ["--connect", $"127.0.0.1:{daemon.Port}", "--users", "10", "--rooms", "1", "--workers", "2", "--seconds", "60", "--json"]);
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
        Assert.IsTrue(run.Report.GetProperty("interrupted").GetBoolean());
    }

    [TestMethod]
    [DataRow("--users", "0")]
    [DataRow("--users", "x")]
    [DataRow("--workers", "x")]
    [DataRow("--connect", "nowhere:0")]
    [DataRow("--durability", "some")]
    [DataRow("--rooms", "200")]
    [DataRow("--seconds")]
    [DataRow("--sconds", "1")]
    public async Task WrongUsageExitsWith2AndOneLine(params string[] arguments)
    {
        var run = await LoadProcess.RunAsync(arguments);
        Assert.AreEqual((2, ""), (run.Status, run.Output), run.Errors);
        Assert.AreEqual(1, run.Errors.TrimEnd().Split('\n').Length, run.Errors);
    }

    [TestMethod]
    public async Task HelpAndParseErrorsAreInTheLanguageOfTheLocale()
    {
        var help = await LoadProcess.RunInAsync("pt_BR.UTF-8", "--help");
        StringAssert.Contains(help.Output, "Opções:");
        Assert.DoesNotContain("Options:", help.Output);
        var mistyped = await LoadProcess.RunInAsync("pt_BR.UTF-8", "--sconds", "1");
        StringAssert.Contains(mistyped.Errors, "não reconhecido");
    }

    [TestMethod]
    public async Task AMissingDaemonExitsWith3AndNamesTheAddress()
    {
        var run = await LoadProcess.RunAsync("--connect", "127.0.0.1:1");
        Assert.AreEqual(3, run.Status);
        StringAssert.Contains(run.Errors, "127.0.0.1:1");
    }
}
