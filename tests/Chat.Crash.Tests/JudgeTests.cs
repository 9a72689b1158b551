using CrashChecker.Judging;

namespace Chat.Crash.Tests;

/// <summary>The judge finds each broken promise in a forged history, and nothing in an honest one.</summary>
[TestClass]
public sealed class JudgeTests
{
    [TestMethod]
    public void FindsNothingInAnHonestHistory() => AssertFindings("", Story.OfThree()
        .Joins("bia.1", 1, after: 0).Delivers("bia.1", (2, 2), (3, 3))
        .Log((1, 1), (2, 2), (3, 3))
        .Joins("ana.2", 3, after: 3).Sends(2).Echo(2, 2, "ana.2").Sends(4).Echo(4, 4, "ana.2").Delivers("bia.1", (4, 4))
        .See(new Observation.Settled("bia.1", Story.Room)).LogAfter(2, (3, 3), (4, 4)));

    [TestMethod]
    public void FindsALostMessageInTheMiddle() => AssertFindings("Hole, Lost", Story.OfThree().Log((1, 1), (3, 3)));

    [TestMethod]
    public void FindsALostMessageAtTheEnd() => AssertFindings("Lost", Story.OfThree().Log((1, 1), (2, 2)));

    [TestMethod]
    public void FindsALogLostWhole() => AssertFindings("Lost", Story.OfThree().Log());

    [TestMethod]
    public void FindsALostMessageWhoseNumberAnotherHas() => AssertFindings(
        "Lost", Story.OfThree().Sends(4).Log((1, 1), (2, 2), (3, 4)));

    [TestMethod]
    public void FindsALostMessageThatOnlyAReaderSaw() => AssertFindings(
        "Lost", new Story().Sends(1, 2).Joins("bia.1", 0).Delivers("bia.1", (1, 1), (2, 2)).Log((1, 1)));

    [TestMethod]
    public void FindsADoubledMessage() => AssertFindings(
        "Doubled, Renumbered", Story.OfThree().Log((1, 1), (2, 2), (3, 3), (4, 2)));

    [TestMethod]
    public void FindsAMessageDoubledBeforeItsEcho() => AssertFindings(
        "Doubled, Renumbered", Story.OfThree().Sends(4).Log((1, 1), (2, 2), (3, 3), (4, 4), (5, 4)));

    [TestMethod]
    public void FindsMessagesReorderedInTheLog() => AssertFindings("Renumbered", Story.OfThree().Log((1, 2), (2, 1), (3, 3)));

    [TestMethod]
    public void FindsAListInTheWrongOrder() => AssertFindings("Disordered, Hole", Story.OfThree().Log((2, 2), (1, 1), (3, 3)));

    [TestMethod]
    public void FindsMessagesNumberedInAnotherOrderThanSent() => AssertFindings(
        "SentOrder", new Story().Joins("ana.1", 0).Sends(1, 2).Echo(1, 2).Echo(2, 1));

    [TestMethod]
    public void FindsARenumberedMessage() => AssertFindings("Hole, Renumbered", Story.OfThree().Log((1, 1), (2, 2), (4, 3)));

    [TestMethod]
    public void FindsAResendWithAnotherNumber() => AssertFindings(
        "Renumbered", Story.OfThree().Joins("ana.2", 3).Sends(2).Echo(4, 2, "ana.2"));

    [TestMethod]
    public void FindsReadersThatSawDifferentOrders() => AssertFindings("Contradicted", new Story().Sends(1, 2)
        .Joins("bia.1", 0).Joins("caio.1", 0).Delivers("bia.1", (1, 1)).Delivers("caio.1", (1, 2)));

    [TestMethod]
    public void FindsADeliveryThatIsLeftOut() => AssertFindings(
        "Hole", Story.OfThree().Joins("bia.1", 0).Delivers("bia.1", (1, 1), (3, 3)));

    [TestMethod]
    public void FindsADeliveryThatComesTwice() => AssertFindings(
        "Disordered", Story.OfThree().Joins("bia.1", 0).Delivers("bia.1", (1, 1), (1, 1)));

    [TestMethod]
    public void FindsADeliveryBehindTheCut() => AssertFindings(
        "Disordered", Story.OfThree().Joins("bia.1", 2).Delivers("bia.1", (2, 2)));

    [TestMethod]
    public void FindsADeliveryAfterALaterOne() => AssertFindings(
        "Disordered, Hole", Story.OfThree().Joins("bia.1", 0).Delivers("bia.1", (2, 2), (1, 1)));

    [TestMethod]
    public void FindsAnEchoThatComesTwice() => AssertFindings("Disordered", Story.OfThree().Echo(3, 3));

    [TestMethod]
    public void FindsADeliveryThatNeverCame() => AssertFindings(
        "Undelivered", Story.OfThree().Joins("bia.1", 0).Delivers("bia.1", (1, 1)).See(new Observation.Settled("bia.1", Story.Room)));

    [TestMethod]
    public void FindsADeliveryOutsideTheRoom() => AssertFindings("Uninvited", Story.OfThree().Joins("bia.1", 0)
        .See(new Observation.Left("bia.1", Story.Room)).Delivers("bia.1", (1, 1)));

    [TestMethod]
    public void FindsADeliveryThatIsNotInTheLog() => AssertFindings(
        "Lost", Story.OfThree().Sends(4).Joins("bia.1", 3).Delivers("bia.1", (4, 4)).Log((1, 1), (2, 2), (3, 3)));

    [TestMethod]
    public void FindsARefusedMessageInTheLog() => AssertFindings(
        "RefusedButLogged", Story.OfThree().Sends(4).Error(4, "storage").Log((1, 1), (2, 2), (3, 3), (4, 4)));

    [TestMethod]
    public void FindsAMessageRefusedAfterItsDelivery() => AssertFindings("RefusedButLogged", Story.OfThree().Sends(4)
        .Joins("bia.1", 3).Delivers("bia.1", (4, 4)).Error(4, "storage"));

    [TestMethod]
    public void AllowsAMessageOfUnknownOutcomeBothWays() => AssertFindings("", Story.OfThree().Sends(4, 5)
        .Error(4, "unavailable").Error(5, "unavailable").Log((1, 1), (2, 2), (3, 3), (4, 4))
        .Delivers("ana.1", (4, 4)).Sends(5, 4).Echo(5, 5).Echo(4, 4));

    [TestMethod]
    public void FindsAnInventedMessage() => AssertFindings("Invented", Story.OfThree().Log((1, 1), (2, 2), (3, 3), (4, 9)));

    [TestMethod]
    public void FindsAnAlteredText() => AssertFindings(
        "Lost", Story.OfThree().LogOf(2, Story.Of(3, 3) with { Text = "text-3!" }));

    [TestMethod]
    public void FindsAnEchoWithAnotherText() => AssertFindings("Altered, Invented", new Story().Sends(1)
        .See(new Observation.Echoed("ana.1", "ana", Story.Room, "1", new(1, "ana", "text", "at-1"))));

    [TestMethod]
    public void FindsAnotherSender() => AssertFindings("Altered", Story.OfThree().LogOf(2, Story.Of(3, 3, from: "bia")));

    [TestMethod]
    public void FindsAChangedTime() => AssertFindings("Altered", Story.OfThree().LogOf(2, Story.Of(3, 3) with { At = "at-4" }));

    [TestMethod]
    public void FindsALogThatWentBack() => AssertFindings("WentBack", Story.OfThree().Joins("ana.2", 2, after: 3));

    [TestMethod]
    public void FindsALostSession() => AssertFindings("SessionLost", Story.OfThree().See(new Observation.TokenRefused("ana", "bad_token")));

    [TestMethod]
    public void FindsAMessageWithoutAnswer() => AssertFindings(
        "Unanswered", Story.OfThree().Sends(4).See(new Observation.Unanswered("ana", Story.Room, "4")));

    [TestMethod]
    public void FindsNothingInABeginningThatMayGo() => AssertFindings("", Story.OfThree()
        .Limited(2).Log((2, 2), (3, 3)).Sends(1).ErasedEcho(1, 1).LogAfter(2, (3, 3)).Sends(4).Echo(4, 4).Log((3, 3), (4, 4)));

    [TestMethod]
    public void FindsABeginningThatMayNotGo() => AssertFindings("Hole, Lost", Story.OfThree().Log((2, 2), (3, 3)));

    [TestMethod]
    public void FindsMoreRemovedThanAllowed() => AssertFindings("Lost", Story.OfThree().Limited(2).Log((3, 3)));

    [TestMethod]
    public void FindsAnEndThatWentInsteadOfTheBeginning() => AssertFindings("Lost", Story.OfThree().Limited(2).Log((1, 1), (2, 2)));

    [TestMethod]
    public void FindsARemovedMessageThatIsThereAgain() => AssertFindings(
        "Reappeared", Story.OfThree().Limited(2).Log((2, 2), (3, 3)).Log((1, 1), (2, 2), (3, 3)));

    [TestMethod]
    public void FindsAnEchoWithoutTextOfAMessageThatIsKept() => AssertFindings(
        "Altered, Contradicted", Story.OfThree().Limited(2).Sends(3).ErasedEcho(3, 3));

    private static void AssertFindings(string expected, Story story) => Assert.AreEqual(expected, story.Findings);
}
