using System.Buffers;
using System.Reflection;
using Chat.LoadTest.CommandLine;
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
        var text = payload.TextOf(new MessageMark(17, 3, 123_456_789));
        FrameWriter.Write(line, new DaemonFrame.Message(7, "joão", text, DateTimeOffset.UnixEpoch, Room: "sala") { Id = "3" });
        Assert.AreEqual(80, payload.TextOf(default).Length);
        Assert.IsTrue(Payload.IsMessage(line.WrittenSpan));
        Assert.IsTrue(payload.TryRead(line.WrittenSpan, out var mark));
        Assert.AreEqual(new MessageMark(17, 3, 123_456_789), mark);
        Assert.IsFalse(new Payload("other", 1).TryRead(line.WrittenSpan, out _));
    }

    [TestMethod]
    [DataRow("load:ab12:1:2:3")]
    [DataRow("load:ab12:1::3:")]
    [DataRow("load:ab12:x:2:3:")]
    [DataRow("load:ab12:1")]
    public void FindsNoMarkInOtherTexts(string text)
    {
        var line = new ArrayBufferWriter<byte>();
        FrameWriter.Write(line, new DaemonFrame.Message(1, "ana", text, DateTimeOffset.UnixEpoch, Room: "sala"));
        Assert.IsFalse(new Payload("ab12", 1).TryRead(line.WrittenSpan, out _));
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
    public void NamesTheSettingsThatAreTooLow()
    {
        var limits = new HelloLimits(Frame: 16_384, Text: 4_000, MessagesPerSecond: 10, ConnectionsPerAddress: 200, LoginsPerMinute: 60);
        var options = new LoadOptions(
            new("host", 1), Tls: false, Ca: null, Users: 100, Rooms: 1, Workers: 1, Warmup: 0, Seconds: 1, Rate: 1, Payload: 1, "full",
            Json: false);
        Assert.AreEqual("Chat:Limits:LoginsPerMinute (60 < 100)", string.Join(' ', LimitCheck.TooLow(limits, options)));
        Assert.HasCount(3, LimitCheck.TooLow(limits, options with { Users = 300, Rate = 0 }));
        Assert.IsEmpty(LimitCheck.TooLow(limits, options with { Users = 60, Rate = 10 }));
        Assert.IsEmpty(LimitCheck.TooLow(new(1, 1, 0, 0, 0), options with { Users = 10_000, Rate = 0 }));
    }

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
