using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Scenarios;
using Chat.LoadTest.Schedules;

namespace Chat.LoadTest.Tests;

[TestClass]
public sealed class ScheduleTests
{
    [TestMethod]
    public void AConstantRateIsEven()
    {
        var moments = new Schedules.Schedule(Of("even", new Stage(2, 5)), actors: 2, warmup: 0, seed: 1).Moments().ToList();
        Assert.HasCount(20, moments);
        CollectionAssert.AreEqual(new[] { (0, 0L), (1, 100_000L), (0, 200_000L) }, moments.Take(3).ToList());
    }

    [TestMethod]
    public void ARampAddsUpToItsArea()
    {
        // 10 s from 0 to 2 per second are 10 actions, the first 2.5 of them in the first half.
        var profile = new RateProfile([new Stage(10, 2, 0), new Stage(5, 2)], users: 1);
        Assert.AreEqual((15.0, 20.0), (profile.Seconds, profile.Total));
        Assert.AreEqual(5, profile.TimeOf(2.5), 1e-9);
        Assert.AreEqual(12.5, profile.TimeOf(15), 1e-9);
        Assert.AreEqual(double.PositiveInfinity, profile.TimeOf(20));
    }

    [TestMethod]
    public void ARampDownReachesZero()
    {
        var profile = new RateProfile([new Stage(10, 0, 2)], users: 1);
        Assert.AreEqual(10, profile.Total);
        Assert.AreEqual(10, profile.TimeOf(10 - 1e-9), 1e-3);
    }

    [TestMethod]
    public void AStageWithoutActionsIsPassed()
    {
        var profile = new RateProfile([new Stage(3, 0), new Stage(2, 1)], users: 1);
        Assert.AreEqual(3, profile.TimeOf(0), 1e-9);
    }

    [TestMethod]
    public void PoissonArrivalsKeepTheRateAndTheSeed()
    {
        var settings = Of("poisson", new Stage(100, 10));
        List<(int, long)> With(long seed) => [.. new Schedules.Schedule(settings, actors: 10, warmup: 0, seed).Moments()];
        Assert.AreEqual(10_000, With(1).Count, 400);
        CollectionAssert.AreEqual(With(1), With(1));
        CollectionAssert.AreNotEqual(With(1), With(2));
        // Exponential gaps: their mean is their standard deviation.
        var gaps = With(3).Zip(With(3).Skip(1), (a, b) => (b.Item2 - a.Item2) / 1e6).ToList();
        var mean = gaps.Average();
        Assert.AreEqual(mean, Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean))), mean * 0.1);
    }

    [TestMethod]
    public void TheWarmupRunsAtTheFirstRate()
    {
        var schedule = new Schedules.Schedule(Of("even", new Stage(10, 4, 0)), actors: 1, warmup: 3, seed: 1);
        Assert.AreEqual(13, schedule.Profile.Seconds);
        Assert.AreEqual(12 + 20, schedule.Profile.Total, "A ramp from nothing is warmed up with the rate that it leads to.");
    }

    [TestMethod]
    [DataRow("10:1", 10, 1, 1)]
    [DataRow("2.5:0-3", 2.5, 0, 3)]
    public void ReadsStages(string text, double seconds, double from, double to)
    {
        Assert.IsTrue(StageText.TryParse(text, out var stages));
        Assert.AreEqual((seconds, from, to), (stages[0].Seconds, stages[0].FirstRate, stages[0].Rate));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("10")]
    [DataRow("0:1")]
    [DataRow("10:1,")]
    [DataRow("10:-1")]
    [DataRow("10:1-2-3")]
    [DataRow("1e3:1")]
    [DataRow("90000:1")]
    [DataRow("10:NaN")]
    public void RefusesOtherStages(string text) => Assert.IsFalse(StageText.TryParse(text, out _));

    private static ScenarioSettings Of(string arrivals, params Stage[] stages) => new() { Arrivals = arrivals, Stages = stages };
}
