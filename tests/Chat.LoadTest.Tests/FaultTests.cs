using System.Text.Json;

namespace Chat.LoadTest.Tests;

/// <summary>The report shows exactly the mistakes that a server makes.</summary>
[TestClass]
public sealed class FaultTests
{
    private const int Sent = 100;

    /// <summary>User 0 sends 100 messages to 4 users, itself included, in 2 s.</summary>
    private static readonly string[] OneSender =
        ["--users", "4", "--rooms", "1", "--senders", "1", "--workers", "2", "--warmup", "0", "--seconds", "2", "--rate", "50", "--json"];

    [TestMethod]
    public async Task AFaultlessServerIsClean()
    {
        var run = await RunAsync(new());
        Assert.AreEqual(0, run.Status, run.Output + run.Errors);
        Assert.AreEqual((Sent, 4 * Sent), (run.Count("sent"), run.Count("delivered")));
        Assert.AreEqual(Sent, Latency(run, "last_member").GetProperty("planned").GetProperty("count").GetInt64());
    }

    [TestMethod]
    [DataRow("lost", DisplayName = "a message is lost")]
    [DataRow("doubled", DisplayName = "a message comes twice")]
    [DataRow("disordered", DisplayName = "two messages are swapped")]
    public async Task AFaultIsCountedOnce(string fault)
    {
        var run = await RunAsync(fault switch
        {
            "lost" => new(Drop: 40),
            "doubled" => new(Double: 40),
            _ => new(Swap: 40),
        });
        Assert.AreEqual(1, run.Status, run.Output + run.Errors);
        foreach (var name in (string[])["lost", "doubled", "disordered"]) Assert.AreEqual(name == fault ? 1 : 0, run.Count(name), name);
        Assert.AreEqual(fault == "lost" ? 1 : 0, run.Count("holes"), "A lost message leaves a hole in the numbers.");
        Assert.AreEqual((0L, 0L), (run.Count("repeats"), run.Count("differing")));
    }

    [TestMethod]
    public async Task TheLastMessageLostIsCountedToo()
    {
        var run = await RunAsync(new(Drop: Sent));
        Assert.AreEqual((1, 1L), (run.Status, run.Count("lost")), run.Output + run.Errors);
    }

    [TestMethod]
    public async Task AWrongNumberIsCounted()
    {
        var run = await RunAsync(new(Lie: 40));
        Assert.AreEqual(1, run.Status, run.Output + run.Errors);
        Assert.AreEqual((0L, 0L, 0L), run.Faults, "Every message came once and in order.");
        Assert.AreEqual((1L, 1L, 1L), (run.Count("holes"), run.Count("repeats"), run.Count("differing")));
    }

    [TestMethod]
    public async Task AStallIsChargedToEveryMessageThatWasDueInIt()
    {
        // 50 messages are due in the second of the stall: half of all, and so they wait from 0 to 1,000 ms, evenly.
        var faults = new FaultyDaemon.Faults(StallAt: 20, Stall: TimeSpan.FromSeconds(1));
        var open = Latency(await RunAsync(faults), "delivery").GetProperty("planned");
        Assert.AreEqual(1_000, open.GetProperty("max").GetDouble(), 300, open.ToString());
        Assert.AreEqual(800, open.GetProperty("p90").GetDouble(), 300, open.ToString());
        var closed = Latency(await RunAsync(faults, "--window", "1"), "delivery").GetProperty("planned");
        Assert.IsLessThan(500, closed.GetProperty("p90").GetDouble(), "A closed model sends nothing during the stall.");
    }

    [TestMethod]
    public async Task RequestsWithoutAnAnswerFailTheRun()
    {
        var run = await RunAsync(new(), "--scenario", "idle"); // it never answers a ping
        Assert.AreEqual((1, (long)Sent), (run.Status, run.Count("unanswered")), run.Output + run.Errors);
    }

    private static async Task<LoadProcess> RunAsync(FaultyDaemon.Faults faults, params string[] more)
    {
        await using var daemon = new FaultyDaemon(faults);
        return await LoadProcess.RunAsync(["--connect", daemon.Address, .. OneSender, .. more]);
    }

    private static JsonElement Latency(LoadProcess run, string metric) =>
        run.Report.GetProperty("scenarios")[0].GetProperty("latencies").GetProperty(metric);
}
