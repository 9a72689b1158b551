using System.Globalization;
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
    public async Task EveryFaultIsCountedExactly()
    {
        var run = await RunAsync(new() { Drop = [20, 40, 60], Double = [25, 45], Swap = [30, 50, 70, 90] });
        Assert.AreEqual(1, run.Status, run.Output + run.Errors);
        Assert.AreEqual((3L, 2L, 4L), run.Faults, run.Output);
        Assert.AreEqual((3L, 0L, 0L), (run.Count("holes"), run.Count("repeats"), run.Count("differing")), "A loss leaves a hole.");
        Assert.AreEqual((4L * Sent) - 3, run.Count("delivered"), "A duplicate is no delivery.");
    }

    [TestMethod]
    public async Task ALossAtTheEndIsCountedToo()
    {
        var run = await RunAsync(new() { Drop = [Sent - 1, Sent] });
        Assert.AreEqual((1, 2L), (run.Status, run.Count("lost")), run.Output + run.Errors);
    }

    [TestMethod]
    public async Task AMessageWithoutAnEchoIsNotSilent()
    {
        // User 1 writes too; some of the messages that it does not get are its own.
        var run = await RunAsync(new() { Drop = [.. Enumerable.Range(20, 150)] }, "--senders", "2");
        Assert.AreEqual(1, run.Status, run.Output + run.Errors);
        Assert.AreEqual(run.Count("sent"), run.Count("echoed") + run.Count("unechoed"), "Nothing is silent.");
        Assert.IsGreaterThan(0, run.Count("unechoed"));
    }

    [TestMethod]
    public async Task ADelayIsMeasuredInAsManyDeliveriesAsItHad()
    {
        using var folder = new TemporaryFolder();
        var faults = new FaultyDaemon.Faults { Delay = [3, 5, 8], DelayTime = TimeSpan.FromSeconds(5) };
        var run = await RunAsync(faults, "--rate", "2", "--seconds", "5", "--report", folder.Path);
        Assert.AreEqual((1, (0L, 0L, 3L)), (run.Status, run.Faults), "Later ones came before them.");
        var quick = File.ReadLines(folder.File("1-delivery.hgrm"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length >= 3 && double.TryParse(words[0], CultureInfo.InvariantCulture, out var value) && value < 4_900)
            .Max(words => int.Parse(words[2], CultureInfo.InvariantCulture));
        Assert.AreEqual((3 * 10) - 3, quick, "10 messages to 3 others, of which 3 are late.");
    }

    [TestMethod]
    public async Task AWrongNumberIsCounted()
    {
        var run = await RunAsync(new() { Lie = 40 });
        Assert.AreEqual(1, run.Status, run.Output + run.Errors);
        Assert.AreEqual((0L, 0L, 0L), run.Faults, "Every message came once and in order.");
        Assert.AreEqual((1L, 1L, 1L), (run.Count("holes"), run.Count("repeats"), run.Count("differing")));
    }

    [TestMethod]
    public async Task FaultyChangesAreCountedExactly()
    {
        var faults = new FaultyDaemon.Faults { DropChange = [10, 20], DoubleChange = [5, 15, 25], SwapChange = [12, 30] };
        var run = await RunAsync(faults, "--changes", "50", "--seed", "1");
        Assert.AreEqual(1, run.Status, run.Output + run.Errors);
        Assert.IsGreaterThan(31, run.Count("changed"), run.Output);
        Assert.AreEqual(
            (2L, 3L, 2L), (run.Count("changes_lost"), run.Count("changes_doubled"), run.Count("changes_disordered")), run.Output);
        Assert.AreEqual((4 * run.Count("changed")) - 2, run.Count("changes_delivered"));
        Assert.AreEqual((0L, 0L, 0L), run.Faults, "The messages are in order.");
    }

    [TestMethod]
    public async Task ADuplicatedChangeIsOneFault()
    {
        var run = await RunAsync(new() { DoubleChange = [5, 15, 25] }, "--changes", "50", "--seed", "1");
        Assert.AreEqual((1, 3L, 0L), (run.Status, run.Count("changes_doubled"), run.Count("changes_differing")), run.Output + run.Errors);
    }

    [TestMethod]
    public async Task AnotherTextOfAnEditIsNoticed()
    {
        var run = await RunAsync(new() { LieChange = 5 }, "--changes", "50", "--payload", "80");
        Assert.AreEqual((1, 1L, 0L), (run.Status, run.Count("changes_differing"), run.Count("changes_lost")), run.Output + run.Errors);
    }

    [TestMethod]
    [DataRow(false, false, DisplayName = "nothing")]
    [DataRow(true, false, DisplayName = "a message")]
    [DataRow(false, true, DisplayName = "the changes")]
    public async Task WhatAResumedUserNeverGetsIsNoticed(bool forgets, bool forgetsChanges)
    {
        var run = await RunAsync(
            new() { Forgets = forgets, ForgetsChanges = forgetsChanges },
            "--scenario", "reconnect-storm", "--share", "50", "--senders", "4", "--changes", "60", "--seconds", "3");
        Assert.AreEqual(forgets || forgetsChanges ? 1 : 0, run.Status, run.Output + run.Errors);
        Assert.AreEqual((forgets ? 1L : 0, 0L, 0L), run.Faults, run.Output);
        if (!forgets) Assert.AreEqual(forgetsChanges ? 1 : 0, run.Count("changes_differing"), run.Output);
        Assert.AreEqual((0L, 0L), (run.Count("changes_lost"), run.Count("unechoed")), run.Output);
    }

    [TestMethod]
    public async Task WrongPagesAndEmptySearchesAreCounted()
    {
        var run = await RunAsync(
            new() { Hole = 30 }, "--scenario", "history", "--messages", "60", "--search", "0", "--rate", "10", "--window", "1");
        Assert.AreEqual(1, run.Status, run.Output + run.Errors);
        Assert.IsGreaterThan(0, run.Count("wrong_answers"), run.Output);
        run = await RunAsync(new(), "--scenario", "history", "--messages", "60", "--search", "100", "--seconds", "5", "--rate", "2");
        // What was written in the last two seconds may be missing from an index.
        Assert.AreEqual(1, run.Status, run.Output + run.Errors);
        Assert.AreEqual(6, run.Count("wrong_answers"), 3, run.Output);
    }

    [TestMethod]
    public async Task AStallIsChargedToEveryMessageThatWasDueInIt()
    {
        // 50 messages are due in the second of the stall: half of all, and so they wait from 0 to 1,000 ms, evenly.
        var faults = new FaultyDaemon.Faults { StallAt = 20, Stall = TimeSpan.FromSeconds(1) };
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
        var usual = OneSender[..^1].Chunk(2).Where(option => !more.Contains(option[0])).SelectMany(option => option);
        return await LoadProcess.RunAsync(["--connect", daemon.Address, .. usual, .. more, "--json"]);
    }

    private static JsonElement Latency(LoadProcess run, string metric) =>
        run.Report.GetProperty("scenarios")[0].GetProperty("latencies").GetProperty(metric);
}
