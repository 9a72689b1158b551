using Chat.LoadTest.Measuring;
using Chat.Protocol;

namespace Chat.LoadTest.Tests;

/// <summary>Two receivers that know of the same changes agree, in whatever way they learned of them.</summary>
[TestClass]
public sealed class ChangeTallyTests
{
    [TestMethod]
    public void LiveAndListedChangesLookTheSame()
    {
        var (there, away) = (new ChangeTally(keepsCopies: true), new ChangeTally(keepsCopies: true));
        Live(there, 1, 7, ChangeKind.Edit, "b");
        Live(there, 2, 7, ChangeKind.React, "👍");
        Live(there, 3, 7, ChangeKind.React, "👍");
        Live(there, 4, 8, ChangeKind.React, "☕");
        Live(there, 5, 8, ChangeKind.Unreact, "☕");
        away.ResumeAt(5);
        away.TakeListed(Listed(7, 3, "b", ("👍", 2)));
        Assert.AreNotEqual(there.Digest, away.Digest, "It does not know yet that message 8 was changed.");
        away.TakeListed(Listed(8, 5, null));
        Assert.AreEqual((there.Digest, 5L, 0L), (away.Digest, away.Last, away.Holes));
    }

    [TestMethod]
    public void AListThatIsNewerThanWhatComesLiveIsNotUndone()
    {
        var (there, away) = (new ChangeTally(keepsCopies: true), new ChangeTally(keepsCopies: true));
        for (var rev = 1; rev <= 3; rev++) Live(there, rev, 7, ChangeKind.React, "👍");
        away.ResumeAt(1);
        away.TakeListed(Listed(7, 3, null, ("👍", 3)));
        for (var rev = 2; rev <= 3; rev++) Live(away, rev, 7, ChangeKind.React, "👍");
        Assert.AreEqual((there.Digest, 0L, 0L), (away.Digest, away.Holes, away.Doubled));
    }

    [TestMethod]
    public void LossesDuplicatesAndOrderAreCounted()
    {
        var tally = new ChangeTally(keepsCopies: false);
        tally.StartAt(10);
        foreach (var rev in (int[])[11, 13, 12, 13, 15]) Live(tally, rev, 1, ChangeKind.React, "👍");
        Assert.AreEqual((1L, 1L, 1L, 4L), (tally.Holes, tally.Doubled, tally.Disordered, tally.Received));
        Assert.AreEqual(13, tally.Complete);
    }

    private static void Live(ChangeTally tally, long rev, long seq, string kind, string value) => tally.Take(new(
        seq, kind, "ana", default, rev, Text: kind == ChangeKind.Edit ? value : null, Emoji: kind == ChangeKind.Edit ? null : value));

    private static DaemonFrame.Message Listed(long seq, long rev, string? edited, params (string Emoji, long Count)[] reactions) => new(
        seq, "ana", edited ?? "a", default, Rev: rev, Edited: edited is null ? null : DateTimeOffset.UnixEpoch,
        Reactions: [.. reactions.Select(of => new ReactionEntry(of.Emoji, of.Count, []))]);
}
