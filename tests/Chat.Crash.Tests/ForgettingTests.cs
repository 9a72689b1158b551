using CrashChecker.Judging;

namespace Chat.Crash.Tests;

/// <summary>What <c>normal</c> may lose with the power, and what it may not.</summary>
[TestClass]
public sealed class ForgettingTests
{
    private static readonly Observation LastSync = new Observation.SyncEnded();
    private static readonly Observation PowerLost = new Observation.PowerLost();

    private static Story TwoSyncedOneNot =>
        new Story().Joins("ana.1", 0).Sends(1, 2, 3).Echo(1, 1).Echo(2, 2).See(LastSync).Echo(3, 3);

    [TestMethod]
    public void TheEndAfterTheLastSyncMayBeMissing() => Assert.AreEqual("", TwoSyncedOneNot.Log((1, 1), (2, 2)).Findings);

    [TestMethod]
    public void OrItMayBeThere() => Assert.AreEqual("", TwoSyncedOneNot.Log((1, 1), (2, 2), (3, 3)).Findings);

    [TestMethod]
    public void WhatWasSyncedMayNotBeMissing() => Assert.AreEqual("Lost", TwoSyncedOneNot.Log((1, 1)).Findings);

    [TestMethod]
    public void TheEndMayNotBeAnother() => Assert.AreEqual("Lost", TwoSyncedOneNot.Sends(4).Log((1, 1), (2, 2), (3, 4)).Findings);

    [TestMethod]
    public void NoHoleMayRemain() => Assert.AreEqual(
        "Hole, Lost", TwoSyncedOneNot.Sends(4).Echo(4, 4).Log((1, 1), (2, 2), (4, 4)).Findings);

    [TestMethod]
    public void AMessageThatWasLostIsNumberedAgain() => Assert.AreEqual(
        "", TwoSyncedOneNot.Log((1, 1), (2, 2)).Joins("ana.2", 2, after: 3).Sends(4, 3).Echo(3, 4, "ana.2").Echo(4, 3, "ana.2")
            .Log((1, 1), (2, 2), (3, 4), (4, 3)).Findings);

    [TestMethod]
    public void ASyncAfterAPowerLossSavesNothingThatWasLostBefore() => Assert.AreEqual(
        "", TwoSyncedOneNot.See(PowerLost).See(LastSync).See(PowerLost).Log((1, 1), (2, 2)).Findings);

    [TestMethod]
    public void WhatWasReadBeforeTheNextSyncMayNotBeMissing() => Assert.AreEqual(
        "Lost", TwoSyncedOneNot.See(PowerLost).Log((1, 1), (2, 2), (3, 3)).See(LastSync).See(PowerLost).Log((1, 1), (2, 2)).Findings);

    [TestMethod]
    public void WhatWasReadAfterTheRestartMayNotBeMissing() => Assert.AreEqual(
        "Lost", TwoSyncedOneNot.Log((1, 1), (2, 2), (3, 3)).See(LastSync).Log((1, 1), (2, 2)).Findings);
}
