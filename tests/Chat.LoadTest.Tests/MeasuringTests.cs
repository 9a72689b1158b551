using System.Buffers;
using System.Reflection;
using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Coordination;
using Chat.LoadTest.Measuring;
using Chat.LoadTest.Wire;
using Chat.LoadTest.Workers;
using Chat.Protocol;

namespace Chat.LoadTest.Tests;

[TestClass]
public sealed class MeasuringTests
{
    [TestMethod]
    public void FindsItsMarkInAMessageFrame()
    {
        var payload = new Payload("ab12", bytes: 80);
        var line = new ArrayBufferWriter<byte>();
        var text = payload.TextOf(new MessageMark(17, 3, 123_456_789, 123_456_999));
        FrameWriter.Write(line, new DaemonFrame.Message(7, "joão", text, DateTimeOffset.UnixEpoch, Room: "sala") { Id = "3" });
        Assert.AreEqual(80, payload.TextOf(default).Length);
        Assert.IsTrue(new ChatWire().TryReadMessage(line.WrittenSpan, payload, out var mark, out var number));
        Assert.AreEqual(7, number);
        Assert.AreEqual(new MessageMark(17, 3, 123_456_789, 123_456_999), mark);
        Assert.IsFalse(new Payload("other", 1).TryRead(line.WrittenSpan, out _));
    }

    [TestMethod]
    [DataRow("load:ab12:1:2:3")]
    [DataRow("load:ab12:1::3:")]
    [DataRow("load:ab12:x:2:3:")]
    [DataRow("load:ab12:1")]
    [DataRow("load:ab12:1:2:3:")]
    [DataRow("load:ab12:-1:2:3:4:")]
    [DataRow("load:ab12:1:0:3:4:")]
    [DataRow("load:ab12:99999999999:1:3:4:")]
    public void FindsNoMarkInOtherTexts(string text)
    {
        var line = new ArrayBufferWriter<byte>();
        FrameWriter.Write(line, new DaemonFrame.Message(1, "ana", text, DateTimeOffset.UnixEpoch, Room: "sala"));
        Assert.IsFalse(new Payload("ab12", 1).TryRead(line.WrittenSpan, out _));
    }

    [TestMethod]
    [DataRow(100)]
    [DataRow(5_000)]
    [DataRow(200_000)]
    public void LatenciesSurviveTheWayBetweenProcesses(int count)
    {
        var (one, other, random) = (new Latency(), new Latency(), new Random(7));
        for (var i = 0; i < count; i++) one.Record((long)Math.Exp(random.NextDouble() * 25));
        other.Add(one.Pack());
        Assert.AreEqual(one.Count, other.Count);
        foreach (var percentile in (double[])[0, 10, 50, 90, 99, 99.9, 100]) Assert.AreEqual(one.At(percentile), other.At(percentile));
    }

    [TestMethod]
    public void MergesTheLatenciesOfAllWorkers()
    {
        var (fast, slow, all) = (new Latency(), new Latency(), new Latency());
        for (var i = 0; i < 99; i++) fast.Record(1_000);
        slow.Record(2_000_000);
        all.Add(fast.Pack());
        all.Add(slow.Pack());
        all.Add(new Latency().Pack());
        Assert.AreEqual(1, all.At(50), 0.01);
        Assert.AreEqual(1, all.At(99), 0.01);
        Assert.AreEqual(2_000, all.At(99.9), 20);
        Assert.AreEqual(2_000, all.Largest, 20);
    }

    [TestMethod]
    public void AFullTallyStillFinishesWhatItTracks()
    {
        var tally = new LastMemberTally(every: 1);
        for (var counter = 1; counter <= 100_001; counter++) tally.Take(new(0, counter, 1, 2), members: 2, now: 10);
        for (var counter = 1; counter <= 100_001; counter++) tally.Take(new(0, counter, 1, 2), members: 2, now: 20);
        Assert.HasCount(100_000, tally.TakeReached().Where(message => message.Counter <= 100_000));
    }

    /// <summary>A page may show messages that also come live, before it or after it. Taking them from it would count them twice.</summary>
    [TestMethod]
    public void OnlyWhatIsBeforeTheCutIsTakenFromPages()
    {
        static DaemonFrame.Message[] Page(long first, long last) =>
            [.. Enumerable.Range((int)first, (int)(last - first + 1)).Select(seq => new DaemonFrame.Message(seq, "a", "", default))];
        var resumption = new Resumption("r", after: 3, rev: 2);
        resumption.TakeJoined(new("r", 9, 1, Page(4, 6), More: true, MoreChanges: true));
        Assert.HasCount(3, resumption.Missed(Page(4, 6)));
        Assert.AreEqual(6, ((ClientFrame.History)resumption.Next()!).After);
        resumption.TakePage(Page(7, 12), more: true);
        Assert.AreEqual(9, resumption.Missed(Page(7, 12)).Last().Seq);
        Assert.AreEqual(2, ((ClientFrame.Changes)resumption.Next()!).Rev, "Then what has changed.");
        resumption.TakeChanges(new([], Rev: 4, More: true, ""));
        Assert.AreEqual(4, ((ClientFrame.Changes)resumption.Next()!).Rev);
        resumption.TakeChanges(new([], Rev: 5, More: false, ""));
        Assert.IsNull(resumption.Next());
        resumption.TakeJoined(new("r", 9, 1, [], More: true));
        Assert.IsNull(resumption.Next(), "The daemon promised more, but there is none.");
    }

    [TestMethod]
    public void NamesTheSettingsThatAreTooLow()
    {
        var limits = new HelloLimits(Frame: 16_384, Text: 4_000, MessagesPerSecond: 10, ConnectionsPerAddress: 200, LoginsPerMinute: 60);
        LoadOptions Of(int users, double rate, int window = 0) =>
            new() { Scenarios = [new() { Users = users, Rooms = 1, Window = window, Stages = [new(1, rate)] }] };
        Assert.AreEqual("Chat:Limits:LoginsPerMinute (60 < 100)", string.Join(' ', LimitCheck.TooLow(limits, Of(100, 1))));
        Assert.HasCount(3, LimitCheck.TooLow(limits, Of(300, 0, window: 1)));
        Assert.IsEmpty(LimitCheck.TooLow(limits, Of(60, 3)));
        Assert.AreEqual(
            "Chat:Limits:MessagesPerSecond (200 from an address < 240)",
            string.Join(' ', LimitCheck.TooLow(limits, Of(60, 4))));
        Assert.IsEmpty(LimitCheck.TooLow(new(1, 1, 0, 0, 0), Of(10_000, 0, window: 1)));
    }

    [TestMethod]
    [DataRow("Max open files            1024                 20000                files     ", 20_000L)]
    [DataRow("Max open files            unlimited            unlimited            files     ", null)]
    public void TheLimitOfOpenFilesIsRead(string line, long? most) => Assert.AreEqual(most, OpenFiles.Parse(["Limit  Soft", line]));

    [TestMethod]
    [DataRow("pt-BR")]
    [DataRow("en")]
    public void HasATextForEveryMember(string language)
    {
        var members = typeof(LoadTexts).GetMembers()
            .Where(member => member.DeclaringType == typeof(LoadTexts))
            .Where(member => member is PropertyInfo { Name: not "Keys" } or MethodInfo { IsSpecialName: false, IsStatic: false })
            .Select(member => member.Name).ToHashSet();
        Assert.IsTrue(members.SetEquals(new LoadTexts(language).Keys));
    }
}
