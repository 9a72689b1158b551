using System.Text.Json;
using Chat.LoadTest.Scenarios;
using Chat.TestKit;

namespace Chat.LoadTest.Tests;

/// <summary>Every scenario against the real daemon.</summary>
[TestClass]
public sealed class ScenarioTests
{
    /// <summary>The metric that each scenario is about.</summary>
    private static readonly Dictionary<string, string> MetricOf = new()
    {
        ["fan-out"] = "delivery",
        ["pairs"] = "delivery",
        ["big-room"] = "last_member",
        ["idle"] = "ping",
        ["login-storm"] = "login",
        ["reconnect-storm"] = "resume",
        ["slow-readers"] = "delivery",
        ["commands"] = "command",
        ["history"] = "history",
        ["day"] = "login",
        ["soak"] = "delivery",
    };

    [TestMethod]
    public async Task AllRunTogetherFromAFile()
    {
        using var folder = new TemporaryFolder();
        var scenarios = ScenarioCatalogue.Kinds.Select(kind => $$"""
            {"kind":"{{kind}}","users":10,"rooms":2,"messages":120,"think":0.2,"session":1,"stages":[{"seconds":3,"rate":2}]}
            """);
        File.WriteAllText(folder.File("all.json"), $$"""{"warmup":0,"seed":7,"scenarios":[{{string.Join(',', scenarios)}}]}""");
        var run = await LoadProcess.RunAsync("--scenario", folder.File("all.json"), "--workers", "2", "--json");
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
        var reports = run.Report.GetProperty("scenarios").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!);
        Assert.HasCount(ScenarioCatalogue.Kinds.Count, reports);
        foreach (var (kind, metric) in MetricOf)
            Assert.IsGreaterThan(0, CountOf(reports[kind], metric), $"{kind} measured no {metric}: {reports[kind]}");
        Assert.IsFalse(run.Counts.GetProperty("refusals").EnumerateObject().Any(), run.Output);
        Assert.AreEqual(60, CountOf(reports["commands"], "command"));
        Assert.AreEqual(60, CountOf(reports["history"], "history") + CountOf(reports["history"], "search"));
        Assert.IsGreaterThan(0, CountOf(reports["reconnect-storm"], "change_delivery"));
    }

    [TestMethod]
    public async Task SlowReadersAreEndedAndNobodyElseNotices()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await LoadProcess.RunAsync(
            "--connect", $"127.0.0.1:{daemon.Port}", "--scenario", "slow-readers", "--users", "10", "--rooms", "1", "--share", "20",
            "--payload", "3900", "--rate", "60", "--warmup", "0", "--seconds", "5", "--workers", "1", "--json");
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
        Assert.AreEqual(2, run.Counts.GetProperty("ended_as_planned").EnumerateObject().Sum(end => end.Value.GetInt32()), run.Output);
        Assert.AreEqual((0L, run.Count("sent") * 8), (run.Count("lost"), run.Count("delivered")), "Those that read have everything.");
    }

    [TestMethod]
    public async Task ADroppedConnectionIsResumedWithoutALoss()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await LoadProcess.RunAsync(
            "--connect", $"127.0.0.1:{daemon.Port}", "--scenario", "reconnect-storm", "--share", "100", "--users", "20", "--rooms", "2",
            "--rate", "20", "--warmup", "0", "--seconds", "3", "--workers", "2", "--json");
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
        Assert.AreEqual(run.Count("sent") * 10, run.Count("delivered"), run.Output);
        Assert.IsGreaterThanOrEqualTo(20, CountOf(run.Report.GetProperty("scenarios")[0], "resume"), "Each user, however slow it is.");
        Assert.AreEqual(run.Count("sent"), run.Count("echoed"), "Each message is echoed, before or after a loss.");
        Assert.IsGreaterThan(20, run.Count("changed"), run.Output);
        Assert.AreEqual((0L, 0L), (run.Count("changes_lost"), run.Count("changes_differing")), run.Output);
    }

    [TestMethod]
    [DataRow("fan-out")]
    [DataRow("pairs")]
    public async Task UsersEditAndReact(string scenario)
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await LoadProcess.RunAsync(
            "--connect", $"127.0.0.1:{daemon.Port}", "--scenario", scenario, "--changes", "50", "--users", "8", "--rooms", "2",
            "--rate", "10", "--warmup", "0", "--seconds", "3", "--workers", "2", "--json");
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
        Assert.IsGreaterThan(40, run.Count("changed"), run.Output);
        Assert.AreEqual(run.Count("changed") * (scenario == "pairs" ? 2 : 4), run.Count("changes_delivered"), run.Output);
        Assert.IsGreaterThan(0, CountOf(run.Report.GetProperty("scenarios")[0], "change_delivery"));
    }

    [TestMethod]
    public async Task ADayHasAllKindsOfActions()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("day.json"), """
            {"warmup":0,"seed":3,"scenarios":[{"kind":"day","users":20,"rooms":2,"think":0.1,"session":2,"arrivals":"poisson",
            "mix":{"read":1,"write":2,"edit":1,"react":1,"search":1,"command":1},"stages":[{"seconds":12,"rate":0.5}]}]}
            """);
        var run = await LoadProcess.RunAsync("--scenario", folder.File("day.json"), "--workers", "2", "--json");
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
        foreach (var metric in (string[])["login", "history", "echo", "change", "search", "command"])
            Assert.IsGreaterThan(0, CountOf(run.Report.GetProperty("scenarios")[0], metric), $"{metric}: {run.Output}");
        Assert.IsFalse(run.Counts.GetProperty("refusals").EnumerateObject().Any(), run.Output);
    }

    [TestMethod]
    public async Task AConnectionIsDroppedOnceAfterEveryFifthMessage()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var run = await LoadProcess.RunAsync(
            "--connect", $"127.0.0.1:{daemon.Port}", "--scenario", "reconnect-storm", "--share", "100", "--users", "2", "--rooms", "1",
            "--rate", "400", "--warmup", "0", "--seconds", "3", "--workers", "1", "--json");
        Assert.AreEqual((0, 0L), (run.Status, run.Count("lost")), run.Output + run.Errors);
        Assert.IsLessThanOrEqualTo(run.Count("sent") / 5, CountOf(run.Report.GetProperty("scenarios")[0], "resume"), run.Output);
    }

    [TestMethod]
    public async Task TheRatesOfADelayedScenarioAreThoseOfItsOwnTime()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("late.json"), """
            {"warmup":0,"scenarios":[{"kind":"fan-out","users":4,"rooms":1,"start":4,"stages":[{"seconds":2,"rate":10}]}]}
            """);
        var run = await LoadProcess.RunAsync("--scenario", folder.File("late.json"), "--workers", "1", "--json");
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
        var scenario = run.Report.GetProperty("scenarios")[0];
        Assert.AreEqual(160, scenario.GetProperty("deliveries_per_second").GetDouble(), 40, run.Output);
        Assert.AreEqual(40, scenario.GetProperty("sent_per_second").GetDouble(), 10, run.Output);
        Assert.AreEqual(6, run.Report.GetProperty("seconds").GetDouble(), 1, "The run includes the wait.");
    }

    [TestMethod]
    public async Task UsersSpreadOverTheGivenDaemons()
    {
        await using var one = await TestDaemon.StartAsync();
        await using var other = await TestDaemon.StartAsync();
        var run = await LoadProcess.RunAsync(
            "--connect", $"127.0.0.1:{one.Port}", "--connect", $"127.0.0.1:{other.Port}", "--users", "8", "--rooms", "2",
            "--warmup", "0", "--seconds", "1", "--workers", "1", "--rate", "2", "--json");
        // Even users, and so all of room 0, are on the first daemon.
        Assert.AreEqual((0, 16L, 64L), (run.Status, run.Count("sent"), run.Count("delivered")), run.Output + run.Errors);
    }

    private static long CountOf(JsonElement scenario, string metric) =>
        scenario.GetProperty("latencies").TryGetProperty(metric, out var latency)
            ? latency.GetProperty("planned").GetProperty("count").GetInt64()
            : 0;
}
