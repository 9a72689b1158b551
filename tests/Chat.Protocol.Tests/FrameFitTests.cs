using System.Text;

namespace Chat.Protocol.Tests;

/// <summary>Lists are cut so that no frame is longer than the protocol allows, whatever surrounds them.</summary>
[TestClass]
public sealed class FrameFitTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);

    // Four bytes each, the most that a name's scalar value can take.
    private static readonly string LongestName = string.Concat(Enumerable.Repeat("𐐀", ProtocolLimits.NameScalars));

    // Six bytes each, the most that any character of an id can take.
    private static readonly string LongestId = new('\u0001', ProtocolLimits.IdScalars);

    [TestMethod]
    [DataRow("😀", DisplayName = "of four bytes")]
    [DataRow("\"", DisplayName = "escaped")]
    [DataRow("x", DisplayName = "of one byte")]
    public void PageOfTheLongestMessagesFitsIntoAFrame(string one)
    {
        Assert.IsTrue(UserName.TryParse(LongestName, out _));
        var text = string.Concat(Enumerable.Repeat(one, ProtocolLimits.TextScalars));
        var messages = Enumerable.Range(0, ProtocolLimits.HistoryMax).Select(i => Message(long.MaxValue - i, text)).ToList();
        foreach (var fromEnd in new[] { false, true })
        {
            var fit = FrameWriter.Fit(messages, fromEnd);
            Assert.IsLessThan(messages.Count, fit);
            AssertFits(fromEnd ? messages[^fit..] : messages[..fit]);
            Assert.IsGreaterThan(ProtocolLimits.DaemonFrameBytes - 20_000, Bytes(History(messages[..fit])), "what fits is used");
        }
    }

    [TestMethod]
    public void MessagesNearTheLimitFitIntoAFrame()
    {
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            var messages = Enumerable.Range(1, ProtocolLimits.HistoryMax).Select(i => Message(i, new string('x', random.Next(1, 1_200))))
                .ToList();
            AssertFits(messages[..FrameWriter.Fit(messages)]);
            AssertFits(messages[^FrameWriter.Fit(messages, fromEnd: true)..]);
        }
    }

    [TestMethod]
    public void EnvelopeFitsIntoItsReservedBytes()
    {
        // A list that ends exactly where Fit stops is followed by the longest envelope.
        var filler = Enumerable.Repeat(new DaemonFrame.Message(1, "a", new string('x', 1_000), At, "r"), 400).ToList();
        var fit = FrameWriter.Fit(filler);
        for (var size = 1; size <= 1_000; size++)
        {
            filler[fit] = new DaemonFrame.Message(1, "a", new string('x', size), At, "r");
            var more = FrameWriter.Fit(filler);
            AssertFits(filler[..more]);
            if (more == fit) return; // grown until it did not fit any more: the fullest list there is
        }
        Assert.Fail("the list never became full");
    }

    [TestMethod]
    public void MembersAndCommandsAreCutToFit()
    {
        var members = Enumerable.Range(0, 10_000).Select(i => new MemberEntry(LongestName, ["admin", LongestName])).ToList();
        var fit = FrameWriter.Fit(members);
        Assert.IsLessThan(members.Count, fit);
        Assert.IsLessThanOrEqualTo(ProtocolLimits.DaemonFrameBytes,
            Bytes(new DaemonFrame.Members(LongestName, members[..fit], false) { Id = LongestId }));

        var commands = Enumerable.Range(0, 5_000).Select(i =>
            new CommandEntry($"c{i}", [LongestName], LongestId, "/c", [new("p", "text", "argument", true, LongestId)])).ToList();
        fit = FrameWriter.Fit(commands);
        Assert.IsLessThan(commands.Count, fit);
        Assert.IsLessThanOrEqualTo(ProtocolLimits.DaemonFrameBytes,
            Bytes(new DaemonFrame.Commands(commands[..fit], false) { Id = LongestId }));
    }

    [TestMethod]
    public void ShortListFitsCompletely()
    {
        Assert.AreEqual(0, FrameWriter.Fit(Array.Empty<DaemonFrame.Message>()));
        Assert.AreEqual(0, FrameWriter.Fit(Array.Empty<MemberEntry>()));
        Assert.AreEqual(1, FrameWriter.Fit([new MemberEntry("a", [])]));
        Assert.AreEqual(3, FrameWriter.Fit(Enumerable.Range(1, 3).Select(i => Message(i, "x")).ToList()));
    }

    [TestMethod]
    public void FirstEntryIsAlwaysIncluded()
    {
        var giant = new CommandEntry("c", [], new string('x', ProtocolLimits.DaemonFrameBytes), "/c", []);
        Assert.AreEqual(1, FrameWriter.Fit([giant, giant]));
    }

    [TestMethod]
    public void LongestWelcomeFitsIntoAFrame()
    {
        var rooms = Enumerable.Repeat(LongestName, ProtocolLimits.RoomsPerConnection).ToList();
        var direct = Enumerable.Repeat(new DirectEntry(LongestName, long.MaxValue), ProtocolLimits.DirectListed).ToList();
        var roles = Enumerable.Repeat(LongestName, 100).ToList();
        Assert.IsLessThan(ProtocolLimits.DaemonFrameBytes,
            Bytes(new DaemonFrame.Welcome(LongestName, roles, new string('t', 100), rooms, direct) { Id = LongestId }));
    }

    [TestMethod]
    public void LongestTextFitsIntoAClientFrame()
    {
        var text = string.Concat(Enumerable.Repeat("😀", ProtocolLimits.TextScalars));
        var frame = new ClientFrame.Message(text, LongestName) { Id = string.Concat(Enumerable.Repeat("😀", 15)) };
        Assert.IsLessThanOrEqualTo(ProtocolLimits.ClientFrameBytes, Encoding.UTF8.GetByteCount(Wire.Line(frame)));
    }

    private static DaemonFrame.Message Message(long seq, string text) =>
        new(seq, LongestName, text, At, LongestName, Via: LongestName, Erased: true);

    private static void AssertFits(List<DaemonFrame.Message> messages)
    {
        Assert.IsNotEmpty(messages);
        Assert.IsLessThanOrEqualTo(ProtocolLimits.DaemonFrameBytes, Bytes(History(messages)));
        Assert.IsLessThanOrEqualTo(ProtocolLimits.DaemonFrameBytes,
            Bytes(new DaemonFrame.Joined(LongestName, long.MaxValue, long.MaxValue, messages, false) { Id = LongestId }));
    }

    private static DaemonFrame.History History(IReadOnlyList<DaemonFrame.Message> messages) =>
        new(messages, false, LongestName) { Id = LongestId };

    private static int Bytes(DaemonFrame frame) => Encoding.UTF8.GetByteCount(Wire.Line(frame));
}
