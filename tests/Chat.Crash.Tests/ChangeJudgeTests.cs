using CrashChecker.Judging;

namespace Chat.Crash.Tests;

/// <summary>The judge finds each broken promise about changes in a forged history, and nothing in an honest one.</summary>
[TestClass]
public sealed class ChangeJudgeTests
{
    private static readonly View Edited = Story.Of(1, 1) with { Text = "new", Rev = 1 };
    private static readonly View Erased = Story.Of(2, 2) with { Text = "", Erased = true, Rev = 2 };
    private static readonly View Reacted = Story.Of(3, 3) with { Rev = 3, Reactions = View.ReactionsOf([("👍", 1)]) };

    [TestMethod]
    public void FindsNothingInAnHonestHistory() => AssertFindings("", Story.OfThreeChanges()
        .ChangedLog().See(new Observation.Settled("bia.1", Story.Room))
        .Resumes(3, 0, 3, Edited, Erased, Reacted).Resumes(3, 1, 3, Erased, Reacted).Resumes(2, 1, 3, Erased).Resumes(3, 3, 3)
        .Asks("c4", ChangeKind.Unreact, 3, "🎉").Answer("c4", null, ChangeKind.Unreact, 3, "🎉")
        .Asks("c3", ChangeKind.React, 3, "👍", "bia").Answer("c3", 3, ChangeKind.React, 3, "👍", "bia"));

    [TestMethod]
    public void FindsALostChange() => AssertFindings("Lost", Story.OfThreeChanges().ChangedLog(Story.Of(3, 3), rev: 2)
        .ChangedLog(Story.Of(3, 3), rev: 2));

    [TestMethod]
    public void FindsAllChangesLost() => AssertFindings("Lost", Story.OfThreeChanges().Log((1, 1), (2, 2), (3, 3)));

    [TestMethod]
    public void FindsARevThatWentBack() => AssertFindings("WentBack", Story.OfThreeChanges()
        .See(new Observation.Cut("ana.2", Story.Room, 3) { Rev = 2, AfterRev = 3 }));

    [TestMethod]
    public void FindsAReplacedTextShownAgain() => AssertFindings("Stale", Story.OfThreeChanges().ChangedLog(Story.Of(1, 1)));

    [TestMethod]
    public void FindsADeletedTextShownAgain() => AssertFindings("Stale", Story.OfThreeChanges().ChangedLog(Story.Of(2, 2)));

    [TestMethod]
    public void FindsTheOldTextUnderTheNewRev() => AssertFindings(
        "Misapplied", Story.OfThreeChanges().ChangedLog(Edited with { Text = "text-1" }));

    [TestMethod]
    public void FindsATextThatOutlivesItsDeletion() => AssertFindings(
        "Misapplied", Story.OfThreeChanges().ChangedLog(Erased with { Text = "text-2" }));

    [TestMethod]
    public void FindsALostReaction() => AssertFindings("Misapplied", Story.OfThreeChanges().ChangedLog(Reacted with { Reactions = "" }));

    [TestMethod]
    public void FindsAReactionCountedTwice() => AssertFindings(
        "Misapplied", Story.OfThreeChanges().ChangedLog(Reacted with { Reactions = View.ReactionsOf([("👍", 2)]) }));

    [TestMethod]
    public void FindsARevThatIsNotTheMessages() => AssertFindings("Misapplied", Story.OfThreeChanges().ChangedLog(Edited with { Rev = 3 }));

    [TestMethod]
    public void FindsAChangeThatIsLeftOut() => AssertFindings("Hole", Story.OfThreeChanges()
        .Joins("caio.1", 3).Tells("caio.1", 1, ChangeKind.Edit, 1, "new").Tells("caio.1", 3, ChangeKind.React, 3, "👍", "bia"));

    [TestMethod]
    public void FindsAChangeThatComesTwice() => AssertFindings(
        "Disordered", Story.OfThreeChanges().Tells("bia.1", 2, ChangeKind.Delete, 2));

    [TestMethod]
    public void FindsAChangeThatNeverCame() => AssertFindings("Undelivered", Story.OfThreeChanges()
        .Joins("caio.1", 3).Tells("caio.1", 1, ChangeKind.Edit, 1, "new").See(new Observation.Settled("caio.1", Story.Room)));

    [TestMethod]
    public void FindsAChangeOutsideTheRoom() => AssertFindings("Uninvited", Story.OfThreeChanges()
        .See(new Observation.Left("bia.1", Story.Room)).Tells("bia.1", 3, ChangeKind.React, 3, "👍", "bia"));

    [TestMethod]
    public void FindsANumberThatNobodysChangeHas() => AssertFindings("Hole", Story.OfThree()
        .See(new Observation.Cut("ana.2", Story.Room, 3) { Rev = 1 })
        .Asks("c1", ChangeKind.Delete, 2).Answer("c1", 2, ChangeKind.Delete, 2, connection: "ana.2"));

    [TestMethod]
    public void FindsTwoOrdersOfMessagesAndChanges() => AssertFindings("Disordered", Story.OfThreeChanges().Sends(4).Echo(4, 4)
        .Asks("c4", ChangeKind.Delete, 1).Delivers("bia.1", (4, 4)).Tells("bia.1", 4, ChangeKind.Delete, 1)
        .Joins("caio.1", 3).See(new Observation.Left("caio.1", Story.Room))
        .See(new Observation.Cut("caio.1", Story.Room, 3) { Rev = 3 })
        .Tells("caio.1", 4, ChangeKind.Delete, 1).Delivers("caio.1", (4, 4)));

    [TestMethod]
    public void FindsTwoChangesWithOneNumber() => AssertFindings("Contradicted", Story.OfThreeChanges()
        .Asks("c4", ChangeKind.React, 3, "🎉").Joins("caio.1", 3)
        .Tells("caio.1", 1, ChangeKind.React, 3, "🎉"));

    [TestMethod]
    public void FindsAResendWithAnotherRev() => AssertFindings("Idle, Renumbered", Story.OfThreeChanges()
        .Asks("c2", ChangeKind.Delete, 2).Answer("c2", 4, ChangeKind.Delete, 2));

    [TestMethod]
    public void FindsARefusedChangeInTheLog() => AssertFindings("RefusedButLogged", Story.OfThreeChanges()
        .Asks("c4", ChangeKind.Edit, 1, "newer").See(new Observation.Refused("ana", Story.Room, "c4", "storage"))
        .Tells("bia.1", 4, ChangeKind.Edit, 1, "newer"));

    [TestMethod]
    public void AllowsAChangeOfUnknownOutcomeBothWays() => AssertFindings("", Story.OfThreeChanges()
        .Asks("c4", ChangeKind.Delete, 1).See(new Observation.Refused("ana", Story.Room, "c4", "unavailable"))
        .ChangedLog(Story.Of(1, 1) with { Text = "", Erased = true, Rev = 4 }, rev: 4)
        .Asks("c4", ChangeKind.Delete, 1).Answer("c4", 4, ChangeKind.Delete, 1));

    [TestMethod]
    public void FindsAnInventedChange() => AssertFindings(
        "Invented", Story.OfThreeChanges().Tells("bia.1", 4, ChangeKind.Delete, 3));

    [TestMethod]
    public void FindsAChangeOfAnErasedMessage() => AssertFindings("Idle", Story.OfThreeChanges()
        .Asks("c4", ChangeKind.React, 2, "👍").Answer("c4", 4, ChangeKind.React, 2, "👍"));

    [TestMethod]
    public void FindsAChangeThatAResumingClientMissed() => AssertFindings(
        "Missed", Story.OfThreeChanges().Resumes(3, 1, 3, Reacted));

    [TestMethod]
    public void FindsAMessageThatAResumingClientHad() => AssertFindings(
        "Missed", Story.OfThreeChanges().Resumes(3, 1, 3, Edited, Erased, Reacted));

    [TestMethod]
    public void ChangesAfterTheLastSyncMayBeLost() => AssertFindings("", Story.OfThreeChanges()
        .See(new Observation.SyncEnded())
        .Asks("c4", ChangeKind.Delete, 1).Answer("c4", 4, ChangeKind.Delete, 1)
        .See(new Observation.PowerLost()).ChangedLog().ChangedLog());

    [TestMethod]
    public void ChangesBeforeItMayNot() => AssertFindings("Lost", Story.OfThreeChanges()
        .See(new Observation.SyncEnded()).See(new Observation.PowerLost()).ChangedLog(Story.Of(3, 3), rev: 2));

    private static void AssertFindings(string expected, Story story) => Assert.AreEqual(expected, story.Findings);
}
