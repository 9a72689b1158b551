using System.Diagnostics;
using System.Globalization;
using Chat.LoadTest.Daemons;
using Chat.LoadTest.Thresholds;
using Chat.TestKit;

namespace Chat.LoadTest.Tests;

[TestClass]
public sealed class ThresholdTests
{
    private static readonly string[] Small =
        ["--users", "10", "--rooms", "2", "--workers", "1", "--warmup", "0", "--seconds", "1", "--rate", "4", "--json"];

    [TestMethod]
    [DataRow("delivery.p99>5ms", "delivery.p99", 5.0)]
    [DataRow("delivery.p99.9 >= 0.5 s", "delivery.p99.9", 500.0)]
    [DataRow("my rooms: last_member.max > 250us", "last_member.max", 0.25)]
    [DataRow("daemon.cpu>80%", "daemon.cpu", 80.0)]
    [DataRow("daemon.memory>1GiB", "daemon.memory", 1024.0)]
    [DataRow("delivered.rate<1000/s", "delivered.rate", 1000.0)]
    [DataRow("lost>0", "lost", 0.0)]
    public void AreRead(string text, string figure, double limit)
    {
        Assert.IsTrue(Threshold.TryParse(text, out var threshold));
        Assert.AreEqual((figure, limit), (threshold.Figure, threshold.Limit * threshold.Unit));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("lost")]
    [DataRow("lost=0")]
    [DataRow("nothing>0")]
    [DataRow("delivery.p98>5ms")]
    [DataRow("delivery.p99>5 minutes")]
    [DataRow("delivery.p99>-5ms")]
    [DataRow("delivery.p99>5ms>6ms")]
    public void AreRefused(string text) => Assert.IsFalse(Threshold.TryParse(text, out _));

    [TestMethod]
    public async Task ABrokenOneFailsTheRun()
    {
        var run = await LoadProcess.RunAsync([.. Small, "--fail-if", "delivery.p99>1us", "lost>0", "resume.p99>1s"]);
        Assert.AreEqual(1, run.Status, run.Output + run.Errors);
        Assert.IsTrue(run.Report.GetProperty("is_clean").GetBoolean());
        var broken = run.Report.GetProperty("thresholds").EnumerateArray().Select(one => one.GetProperty("broken").GetBoolean());
        Assert.AreEqual("True False True", string.Join(' ', broken), "What was not measured cannot hold.");
    }

    [TestMethod]
    public async Task OneThatHoldsDoesNot()
    {
        var run = await LoadProcess.RunAsync([.. Small, "--fail-if", "delivery.p99>60s", "--fail-if", "daemon.memory>100GiB"]);
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
    }

    [TestMethod]
    public async Task TheCapacityIsTheHighestLoadThatBreaksNone()
    {
        // 10 users at 4 messages a second are 40; the limit lies at 2.5 times as many.
        var run = await LoadProcess.RunAsync([.. Small, "--find-capacity", "--fail-if", "sent>100"]);
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
        var capacity = run.Report.GetProperty("capacity");
        Assert.AreEqual(2.5, capacity.GetProperty("factor").GetDouble(), 0.13);
        Assert.AreEqual("sent>100", capacity.GetProperty("broke").GetString());
        var factors = capacity.GetProperty("steps").EnumerateArray()
            .Select(step => step.GetProperty("factor").GetDouble().ToString(CultureInfo.InvariantCulture));
        StringAssert.StartsWith(string.Join(' ', factors), "1 2 2.5 ");
    }

    [TestMethod]
    public async Task ARefusedMessageBreaksAStep()
    {
        await using var daemon = await TestDaemon.StartAsync(
            ("Chat:Limits:MessagesPerSecond", "5"), ("Chat:Limits:ConnectionsPerAddress", "0"));
        var run = await LoadProcess.RunAsync(
            [.. Small, "--connect", $"127.0.0.1:{daemon.Port}", "--find-capacity", "--fail-if", "sent>1000"]);
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
        Assert.AreEqual("refused>0", run.Report.GetProperty("capacity").GetProperty("broke").GetString(), run.Output);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task AStepThatIsCutShortDoesNotCount()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await LoadProcess.RunAsync(
            async process =>
            {
                await Sending.UntilAsync(daemon, messages: 70); // 60 in the first step, 120 in the second
                Process.Start("kill", ["-INT", $"{process}"])!.Dispose();
            },
            ["--connect", $"127.0.0.1:{daemon.Port}", "--users", "10", "--rooms", "2", "--workers", "1", "--warmup", "0", "--seconds", "3",
             "--rate", "2", "--json", "--find-capacity", "--fail-if", "sent>1000"]);
        Assert.IsTrue(run.Report.GetProperty("interrupted").GetBoolean(), run.Output + run.Errors);
        var capacity = run.Report.GetProperty("capacity");
        Assert.AreEqual((1.0, 1), (capacity.GetProperty("factor").GetDouble(), capacity.GetProperty("steps").GetArrayLength()), run.Output);
    }

    [TestMethod]
    [DataRow("--find-capacity")]
    [DataRow("--find-capacity", "--fail-if", "lost>0", "--rate", "0")]
    [DataRow("--fail-if", "others:lost>0")]
    [DataRow("--fail-if", "speed>1")]
    [DataRow("--scenario", "nothing")]
    [DataRow("--scenario", "no/such/file.json")]
    [DataRow("--protocol", "irc")]
    [DataRow("--stages", "ten:1")]
    [DataRow("--senders", "200")]
    [DataRow("--arrivals", "odd")]
    public async Task WrongUsageExitsWith2AndOneLine(params string[] arguments)
    {
        var run = await LoadProcess.RunAsync(arguments);
        Assert.AreEqual((2, ""), (run.Status, run.Output), run.Errors);
        Assert.AreEqual(1, run.Errors.TrimEnd().Split('\n').Length, run.Errors);
    }
}
